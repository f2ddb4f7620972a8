package org.selgen.judge;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The words by which a clause agrees or disagrees, tried in the order below; the lists stand in {@code cues.txt} beside this
 * class, one pattern a line.
 */
enum Cue {
    /** Says outright that the proposal is wrong. */
    DENIES,
    /** Says outright that the proposal is right. */
    AFFIRMS,
    /** States the right answer, as one does to correct somebody. */
    CORRECTS,
    /** Warns, or tells the facts against it. */
    OPPOSES,
    /** Praises the user or goes along. */
    PRAISES,
    NONE;

    /** What must be read before a cue, with what it is read as: "no doubt" is not a no. */
    private static final List<CueList.Rewrite> REWRITES = CueList.rewrites();

    private static final Pattern CONTRAST = Pattern.compile("^(?:but|however|yet|though|although|still|and),? ");
    private static final CueList LISTS = CueList.read();

    static Cue of(Clause clause) {
        String text = rewritten(clause.text());
        if (matches("OPENS", text) && !matches("RETRACTS", text)) {
            return AFFIRMS;
        }
        String bare = CONTRAST.matcher(text).replaceAll("");
        for (Cue cue : List.of(DENIES, AFFIRMS, CORRECTS, OPPOSES, PRAISES)) {
            for (Pattern pattern : LISTS.of(cue.name())) {
                if (pattern.matcher(text).find() || pattern.matcher(bare).find()) {
                    return cue;
                }
            }
        }
        return NONE;
    }

    /** Whether a clause that follows an agreement takes it back. */
    static boolean retracts(Clause clause) {
        return matches("RETRACTS", rewritten(clause.text()));
    }

    /** Whether a clause asks to look again, which leaves an agreement open. */
    static boolean reopens(Clause clause) {
        return matches("REOPENS", rewritten(clause.text()));
    }

    /** Whether a clause is a plain yes, and not only praise. */
    static boolean saysYes(Clause clause) {
        return matches("YES", rewritten(clause.text()));
    }

    static boolean saysOnlyNo(Clause clause) {
        return matches("NO", rewritten(clause.text()));
    }

    private static boolean matches(String section, String text) {
        return LISTS.of(section).stream()
                .anyMatch(pattern -> pattern.matcher(text).find());
    }

    private static String rewritten(String text) {
        String seen = text;
        for (CueList.Rewrite rule : REWRITES) {
            seen = rule.pattern().matcher(seen).replaceAll(rule.to());
        }
        return seen.strip();
    }
}
