package org.selgen.judge.text;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.data.Question;

/** The names of what a question asks for: {@code the square root of 169} is also called {@code root}, an LCM a least common multiple. */
final class Quantity {
    private static final String WORD = "(?!(?:the|my|your|for|of|to|is|as|in|and)\\b)[a-z]{2,20}";
    private static final Pattern ASKED = Pattern.compile(
            "\\b(?:the|my|your|an?) ((?:" + WORD + " ){0,3}" + WORD + ")(?= (?:of|between|for|in|from)\\b)");
    private static final Pattern VAGUE = Pattern.compile(
            "(?:.* )?(?:answers?|results?|numbers?|values?|parts?|ones?|ways?|rest|solutions?|guess|calculations?|sake|ends?|help|name|kind|half"
                    + "|third|quarter|first|last|question|bill|remainder|divisor|factor|sum|total)");
    private static final int INITIALS = 3; // fewer make no name
    private static final int LONGEST = 5;
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private final Pattern names;

    private Quantity(Pattern names) {
        this.names = names;
    }

    static Quantity of(Question question) {
        Set<String> names = ASKED.matcher(Topic.lastTurn(question).toLowerCase(Locale.ROOT))
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(phrase -> !VAGUE.matcher(phrase).matches())
                .flatMap(Quantity::names)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Quantity(names.isEmpty() ? NOTHING : Pattern.compile("\\b(?:" + String.join("|", names) + ")\\b"));
    }

    /** The phrase, its noun, its initials, and every phrase of the same initials. */
    private static Stream<String> names(String phrase) {
        String[] words = phrase.split(" ", -1);
        String initials = words.length == 1
                ? phrase
                : Stream.of(words).map(word -> word.substring(0, 1)).collect(Collectors.joining());
        Stream<String> named = Stream.of(phrase, words[words.length - 1]);
        if (initials.length() < INITIALS || initials.length() > LONGEST) {
            return named;
        }
        String written =
                initials.chars().mapToObj(c -> (char) c + "[a-z]{1,15}").collect(Collectors.joining("[ -]"));
        return Stream.concat(Stream.of(written, initials), named);
    }

    /** A sentence in small letters that calls it the total, which every topic but divisors and remainders knows. */
    String plain(String sentence) {
        return names.matcher(sentence).replaceAll("total");
    }
}
