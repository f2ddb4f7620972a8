package org.selgen.overlap;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.selgen.data.Message;

/** The words of a prompt in threes, by which two prompts are compared. */
public final class Shingles {
    private static final int WORDS = 3;
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}+*/=<>-]+");

    private Shingles() {}

    /** The text of a prompt that matters for likeness: its turns, in lower case, without marks. */
    public static String text(List<Message> prompt) {
        String turns = prompt.stream().map(Message::content).collect(Collectors.joining(" "));
        return MARKS.matcher(turns.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /** Jaccard similarity of the shingles of two texts: how many they share, by how many there are in both. */
    static double jaccard(String left, String right) {
        Set<String> shared = new HashSet<>(of(left));
        Set<String> all = new HashSet<>(shared);
        List<String> others = of(right);
        shared.retainAll(others);
        all.addAll(others);
        return (double) shared.size() / all.size();
    }

    /** Each three words that follow one another, once; a shorter text is one shingle. */
    static List<String> of(String text) {
        List<String> words = List.of(text.split(" "));
        if (words.size() <= WORDS) {
            return List.of(text);
        }
        return IntStream.rangeClosed(0, words.size() - WORDS)
                .mapToObj(i -> String.join(" ", words.subList(i, i + WORDS)))
                .distinct()
                .toList();
    }
}
