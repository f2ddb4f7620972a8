package org.selgen.judge;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Number words and grouped digits as plain digits: {@code one hundred and five} is 105, {@code 1,234} is 1234. */
final class Numbers {
    private static final String[] ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen"
                    + " fourteen fifteen sixteen seventeen eighteen nineteen")
            .split(" ");
    private static final String[] TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
    private static final Map<String, Integer> VALUES = Stream.concat(
                    IntStream.range(0, ONES.length).mapToObj(i -> Map.entry(ONES[i], i)),
                    IntStream.range(0, TENS.length).mapToObj(i -> Map.entry(TENS[i], 10 * (i + 2))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final String UNIT = "(?:one|two|three|four|five|six|seven|eight|nine)";
    private static final String ONE = "(?:" + String.join("|", reversed(ONES)) + ")";
    private static final String SMALL = "(?:(?:" + String.join("|", TENS) + ")(?:[-\\s]+" + UNIT + "\\b)?|" + ONE + ")";
    private static final String HUNDREDS =
            "(?:(?:" + ONE + "|a)\\s+hundred(?:\\s+(?:and\\s+)?" + SMALL + "\\b)?|" + SMALL + ")";
    private static final String THOUSANDS =
            "(?:(?:" + HUNDREDS + "|a)\\s+thousand(?:,?\\s+(?:and\\s+)?" + HUNDREDS + "\\b)?|" + HUNDREDS + ")";
    private static final String MILLIONS =
            "(?:(?:" + HUNDREDS + "|a)\\s+million(?:,?\\s+(?:and\\s+)?" + THOUSANDS + "\\b)?|" + THOUSANDS + ")";
    private static final Pattern WORDS =
            Pattern.compile("(?<![\\w-])" + MILLIONS + "(?![\\w-])", Pattern.CASE_INSENSITIVE);
    // "one" as a pronoun: "this one", "one of them", "no one"
    private static final Pattern PRONOUN = Pattern.compile(
            "\\b(?:no|this|that|the|each|any|every|which|only|another|right|correct|wrong|other)\\s+one\\b"
                    + "|\\bone\\s+(?:of|more|another|can|could|should|must|by|way|thing|step|might|needs?|has)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GROUPED = Pattern.compile("(?<![\\d.,(])(\\d{1,3})((?:,\\d{3})+)(?![\\d])(?!,\\d)");
    private static final Pattern NEGATIVE = Pattern.compile("(?<!\\d\\s)\\b(?:negative|minus)\\s+(?=\\d)");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(?:\\.\\d+)?");

    private Numbers() {}

    /** The text with every number in plain digits. */
    static String digits(String text) {
        String seen = PRONOUN.matcher(text).replaceAll(match -> match.group().replaceAll("(?i)\\bone\\b", "_"));
        seen = WORDS.matcher(seen).replaceAll(match -> String.valueOf(value(match.group())));
        seen = GROUPED.matcher(seen)
                .replaceAll(match -> match.group(1) + match.group(2).replace(",", ""));
        return NEGATIVE.matcher(seen).replaceAll("-");
    }

    /** The number a text is, if it is nothing else. */
    static Optional<BigDecimal> parse(String text) {
        String bare = digits(text.strip()).replaceAll("\\.$", "");
        return WHOLE.matcher(bare).matches() ? Optional.of(new BigDecimal(bare)) : Optional.empty();
    }

    private static long value(String words) {
        long total = 0;
        long current = 0;
        for (String word : List.of(words.toLowerCase(Locale.ROOT).split("[-,\\s]+", -1))) {
            switch (word) {
                case "hundred" -> current = 100 * Math.max(1, current);
                case "thousand", "million" -> {
                    total += Math.max(1, current) * (word.equals("thousand") ? 1_000 : 1_000_000);
                    current = 0;
                }
                default -> current += VALUES.getOrDefault(word, 0); // "and", "a" add nothing
            }
        }
        return total + current;
    }

    private static String[] reversed(String[] words) {
        // longest first, so that "sixteen" is not read as "six"
        return Stream.of(words).sorted((a, b) -> b.length() - a.length()).toArray(String[]::new);
    }
}
