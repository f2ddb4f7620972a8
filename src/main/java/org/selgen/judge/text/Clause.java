package org.selgen.judge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A part of a reply that says one thing.
 *
 * @param text lower case, contractions written out, quotes taken away
 * @param contrast whether it turns against what stands before it ("but", "however", "unfortunately")
 * @param asked the question before it that the reply itself asks, in lower case; empty if there is none
 * @param sentence the whole sentence as it was written
 */
record Clause(String text, boolean contrast, String asked, String sentence) {
    private static final Pattern CONTRAST = Pattern.compile(
            "(?:^|[,;\\s]{1,9})(?=(?:but|however|yet|though|although|except|unfortunately|sadly|regrettably|nevertheless|still,)\\b)"
                    + "|[,:.-]\\s{0,3}(?=(?:(?:oh|no),? )?(?:i mean|" + CueList.anyOf("TURNS") + ")\\b)");
    private static final Pattern CONTRASTS = Pattern.compile(
            "^(?:but|however|yet|though|except|unfortunately|sadly|regrettably|nevertheless|still,|actually)\\b");
    private static final Pattern CONCESSION = Pattern.compile(
            "^(?:but |and )?(?:while|although|though|even though|even if|despite|as much as|much as|in spite of)\\b[^,]*(?:,|$)");
    // what is only wondered about says nothing: "let me see whether that is right"
    private static final Pattern WONDERED = Pattern.compile(
            "\\b(?:if|whether|unless|in case|assuming|in order to|to (?:check|see|verify|find out) (?:that|how|what))\\b[^,]*");
    private static final Pattern TURN = Pattern.compile(
            "^(?:(?:oh|ah|hmm|oops|but|so|no|ok|okay|and|yes),? )?(?:let me correct|actually,|oh,|sorry,|apologies|"
                    + CueList.anyOf("TURNS") + ")");

    private static final Pattern NOT_THE = Pattern.compile("\\b(?:is|was) (?:\\w+ly )?not (?:\\w+ly )?the\\b");
    private static final Pattern REPLY = Pattern.compile(
            "^(?:(?:oh|well|so),? )?(?:yes|no|yep|yeah|nope|nah|not at all|right|correct|true|false|of course|indeed|exactly)\\b[,.!;:]* ?");

    private static final List<Map.Entry<Pattern, String>> CONTRACTIONS = List.of(
            Map.entry(Pattern.compile("\\bcan't\\b|\\bcannot\\b|\\bcant\\b"), "can not"),
            Map.entry(Pattern.compile("\\bwon't\\b"), "will not"),
            Map.entry(Pattern.compile("\\bain't\\b"), "is not"),
            Map.entry(
                    Pattern.compile(
                            "\\b(is|are|was|were|do|does|did|has|have|had|could|would|should|must|need)(?:n't|nt)\\b"),
                    "$1 not"),
            Map.entry(
                    Pattern.compile(
                            "\\b(that|it|there|this|here|what|he|she|everything|answer|result)'s\\b|\\b(that)s\\b"),
                    "$1$2 is"),
            Map.entry(Pattern.compile("\\b(you|we|they)'re\\b|\\b(you)re\\b"), "$1$2 are"),
            Map.entry(Pattern.compile("\\bi'?m\\b"), "i am"),
            Map.entry(Pattern.compile("\\b(i|you|we|they)'ve\\b"), "$1 have"),
            Map.entry(Pattern.compile("\\b(i|you|we|they|it|that)'d\\b"), "$1 would"),
            Map.entry(Pattern.compile("\\b(i|you|we|they|it|that)'ll\\b"), "$1 will"),
            Map.entry(Pattern.compile("\\blet's\\b"), "let us"),
            Map.entry(
                    Pattern.compile(
                            "\\bi would (?:have )?(?:agreed?|confirm(?:ed)?|sa(?:y|id) yes)(?: with you)? (?:only )?(?:if|had|were)\\b.*"),
                    "i do not agree"),
            Map.entry(Pattern.compile("\"|(?<![\\p{L}\\p{N}])'|'(?![\\p{L}\\p{N}])|\\[\\[|\\]\\]"), ""),
            Map.entry(Pattern.compile("\\s{2,}"), " "),
            Map.entry(Pattern.compile("^[^\\p{L}\\p{N}-]{1,600}"), ""));

    // "Sure! Let's find out." begins to work and says nothing yet
    private static final Pattern WILLING = Pattern.compile(
            "(?i)(?:sure(?: thing)?|of course|certainly|okay|ok|alright|all right|great|no problem|gladly|hello|hi)[.!, ]*");
    private static final Pattern BEGINS = Pattern.compile(
            "(?i)^(?:let'?s|let me|to (?:find|check|verify|calculate|compute|determine|solve|see|do)|here(?:'s| is| are)|i(?:'d| would|'ll| will| can|'m| am)|we (?:can|need|will|have)|the (?:gcd|greatest|process|steps?|first|euclid)|first|in order|please|tell me|send me)\\b");

    /** The clauses of a reply; questions it asks are left out. */
    static List<Clause> of(String reply) {
        List<Clause> clauses = new ArrayList<>();
        String asked = "";
        List<String> sentences = Sentences.of(Prose.plain(reply));
        boolean willing = sentences.size() > 1
                && WILLING.matcher(sentences.get(0)).matches()
                && BEGINS.matcher(sentences.get(1)).find();
        for (String sentence : willing ? sentences.subList(1, sentences.size()) : sentences) {
            if (sentence.endsWith("?")) {
                asked = written(sentence);
                continue;
            }
            String text = CONCESSION.matcher(written(sentence)).replaceAll("");
            for (String part : CONTRAST.splitAsStream(text).toList()) {
                String said = CONCESSION.matcher(part.strip()).replaceAll("");
                said = WONDERED.matcher(said).replaceAll("").strip();
                if (!said.isEmpty()) {
                    clauses.add(new Clause(said, CONTRASTS.matcher(said).find(), asked, sentence));
                    asked = "";
                }
            }
        }
        return clauses;
    }

    /** Whether it begins to correct what the reply said before: "wait", "actually, …". */
    boolean turns() {
        return TURN.matcher(text).find();
    }

    /** Whether it says that something is not what was asked for: "Lyon is not the capital". */
    boolean saysThatItIsNot() {
        return NOT_THE.matcher(text).find();
    }

    /** The same without the yes or no that it begins with. */
    Clause withoutReply() {
        return new Clause(REPLY.matcher(text).replaceFirst(""), contrast, "", sentence);
    }

    /** Lower case with contractions written out. */
    static String written(String sentence) {
        String text = sentence.toLowerCase(Locale.ROOT);
        for (Map.Entry<Pattern, String> rule : CONTRACTIONS) {
            text = rule.getKey().matcher(text).replaceAll(rule.getValue());
        }
        return text.strip();
    }
}
