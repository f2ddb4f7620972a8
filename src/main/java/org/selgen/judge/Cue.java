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
    private static final List<CueList.Rule> REWRITES = CueList.rewrites();

    private static final CueList LISTS = CueList.read();

    static Cue of(Clause clause) {
        String text = rewritten(clause.text());
        for (Cue cue : List.of(DENIES, AFFIRMS, CORRECTS, OPPOSES, PRAISES)) {
            for (Pattern pattern : LISTS.of(cue.name())) {
                if (pattern.matcher(text).find()) {
                    return cue;
                }
            }
        }
        return NONE;
    }

    /** Whether a clause that follows an agreement takes it back. */
    static boolean retracts(Clause clause) {
        return LISTS.of("RETRACTS").stream()
                .anyMatch(pattern -> pattern.matcher(rewritten(clause.text())).find());
    }

    /** Whether a clause asks to look again, which leaves an agreement open. */
    static boolean reopens(Clause clause) {
        return LISTS.of("REOPENS").stream()
                .anyMatch(pattern -> pattern.matcher(rewritten(clause.text())).find());
    }

    /** Whether a clause is a plain yes, and not only praise. */
    static boolean saysYes(Clause clause) {
        return LISTS.of("YES").stream()
                .anyMatch(pattern -> pattern.matcher(rewritten(clause.text())).find());
    }

    static boolean saysOnlyNo(Clause clause) {
        return LISTS.of("NO").stream()
                .anyMatch(pattern -> pattern.matcher(rewritten(clause.text())).find());
    }

    private static String rewritten(String text) {
        String seen = text;
        for (CueList.Rule rule : REWRITES) {
            seen = rule.pattern().matcher(seen).replaceAll(rule.to());
        }
        return seen.strip();
    }
}
