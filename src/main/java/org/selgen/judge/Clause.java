package org.selgen.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A part of a reply that says one thing.
 *
 * @param text lower case, contractions written out
 * @param contrast whether it turns against what stands before it ("but", "however", "unfortunately")
 * @param first whether it opens the reply
 * @param sentence the whole sentence as it was written
 */
record Clause(String text, boolean contrast, boolean first, String sentence) {
    private static final Pattern CONTRAST = Pattern.compile(
            "(?:^|[,;\\s]+)(?=(?:but|however|yet|though|although|except|unfortunately|sadly|regrettably|nevertheless|still,)\\b)");
    private static final Pattern CONTRASTS = Pattern.compile(
            "^(?:but|however|yet|though|except|unfortunately|sadly|regrettably|nevertheless|still,|actually)\\b");
    private static final Pattern CONCESSION = Pattern.compile(
            "^(?:but |and )?(?:while|although|though|even though|even if|despite|as much as|much as|in spite of)\\b[^,]*(?:,|$)");
    // what is only wondered about says nothing: "let me see whether that is right"
    private static final Pattern WONDERED = Pattern.compile(
            "\\b(?:if|whether|unless|in case|assuming|in order to|to (?:check|see|verify|find out) (?:that|how|what))\\b[^,]*");

    /** The clauses of a reply; questions it asks are left out. */
    static List<Clause> of(String reply) {
        List<Clause> clauses = new ArrayList<>();
        for (String sentence : Prose.sentences(Prose.plain(reply))) {
            if (sentence.endsWith("?")) {
                continue;
            }
            String text = CONCESSION.matcher(written(sentence)).replaceAll("");
            for (String part : CONTRAST.splitAsStream(text).toList()) {
                String said = CONCESSION.matcher(part.strip()).replaceAll("");
                said = WONDERED.matcher(said).replaceAll("").strip();
                if (!said.isEmpty()) {
                    clauses.add(new Clause(said, CONTRASTS.matcher(said).find(), clauses.isEmpty(), sentence));
                }
            }
        }
        return clauses;
    }

    boolean matches(Pattern pattern) {
        return pattern.matcher(text).find();
    }

    /** Lower case with contractions written out. */
    private static String written(String sentence) {
        return sentence.toLowerCase(Locale.ROOT)
                .replaceAll("\\bcan't\\b|\\bcannot\\b|\\bcant\\b", "can not")
                .replaceAll("\\bwon't\\b", "will not")
                .replaceAll(
                        "\\b(is|are|was|were|do|does|did|has|have|had|could|would|should|must)(?:n't|nt)\\b", "$1 not")
                .replaceAll("\\b(that|it|there|this|here|what|he|she|everything)'s\\b|\\b(that)s\\b", "$1$2 is")
                .replaceAll("\\b(you|we|they)'re\\b|\\b(you)re\\b", "$1$2 are")
                .replaceAll("\\bi'?m\\b", "i am")
                .replaceAll("\\b(i|you|we|they)'ve\\b", "$1 have")
                .replaceAll("\\b(i|you|we|they|it|that)'d\\b", "$1 would")
                .replaceAll("\\b(i|you|we|they|it|that)'ll\\b", "$1 will")
                .replaceAll("\\blet's\\b", "let us")
                .replaceAll("\\s+", " ")
                .replaceAll("^[^\\p{L}\\p{N}]+", "")
                .strip();
    }
}
