package org.selgen.judge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selgen.data.Question;
import org.selgen.judge.text.Prose;

/**
 * Is the text no answer at all, but what a broken model writes? Looks at the answer alone.
 *
 * <p>Verdicts: {@code ok}; {@code empty}: nothing is there once blanks and mark-up are gone;
 * {@code single-symbol}: one character is all there is, at least {@value #SYMBOLS} times (1111 may be a number), or one word,
 * at least {@value #TIMES} times; {@code repetition}: some n words in a row, n from 1 to {@value #LONGEST}, come at least {@value #TIMES}
 * times on end and make up at least half of the words, at least {@value #WORDS} of them. A word is what stands between blanks. No score. Rubric {@code degenerate@1}; the bounds are ours.
 */
public final class Degenerate implements Judge {
    public static final String NAME = "degenerate";

    /** What an answer is that is none of the others. */
    public static final String OK = "ok";

    private static final int SYMBOLS = 8;
    private static final int TIMES = 4;
    private static final int LONGEST = 12;
    private static final int WORDS = 8;

    @Override
    public String rubric() {
        return NAME + "@1";
    }

    @Override
    public Verdict verdict(Question question, String answer) {
        return kind(answer)
                .map(kind -> new Verdict(kind.verdict(), null, kind.reason(), answer))
                .orElseGet(() -> new Verdict(OK, null, "words follow each other as in a text", answer));
    }

    /** What is wrong with a text. */
    record Defect(String verdict, String reason) {}

    /** What is wrong with the answer; empty if nothing is. */
    static Optional<Defect> kind(String answer) {
        List<String> words = Arrays.asList(answer.strip().split("\\s+"));
        String squeezed = String.join("", words);
        if (squeezed.codePointCount(0, squeezed.length()) >= SYMBOLS
                && squeezed.codePoints().distinct().count() == 1) {
            return Optional.of(
                    new Defect("single-symbol", "all of it is '" + Character.toString(squeezed.codePointAt(0)) + "'"));
        }
        if (Prose.plain(answer).isBlank()) {
            return Optional.of(new Defect("empty", "there is no text"));
        }
        if (words.size() >= TIMES && words.stream().distinct().count() == 1) {
            return Optional.of(new Defect("single-symbol", "all of it is '" + words.get(0) + "'"));
        }
        return repetition(words);
    }

    private static Optional<Defect> repetition(List<String> words) {
        for (int n = 1; n <= LONGEST; n++) {
            Map<List<String>, Integer> longest = runs(words, n);
            for (Map.Entry<List<String>, Integer> run : longest.entrySet()) {
                int covered = run.getValue() * n;
                if (run.getValue() >= TIMES && covered >= WORDS && 2 * covered >= words.size()) {
                    return Optional.of(new Defect(
                            "repetition",
                            "'" + String.join(" ", run.getKey()) + "' comes " + run.getValue() + " times on end"));
                }
            }
        }
        return Optional.empty();
    }

    /** How often each group of n words comes on end at most. */
    private static Map<List<String>, Integer> runs(List<String> words, int n) {
        Map<List<String>, Integer> longest = new HashMap<>();
        int[] ending = new int[words.size() + 1]; // how often the n words before here came on end
        for (int end = n; end <= words.size(); end++) {
            List<String> group = words.subList(end - n, end);
            boolean again = end >= 2 * n && group.equals(words.subList(end - 2 * n, end - n));
            ending[end] = again ? ending[end - n] + 1 : 1;
            longest.merge(group, ending[end], Math::max);
        }
        return longest;
    }
}
