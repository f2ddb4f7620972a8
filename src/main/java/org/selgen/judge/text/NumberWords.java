package org.selgen.judge.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Number words as digits: {@code one hundred and five} is 105, {@code three point five} 3.5, {@code two thirds} 2/3. */
final class NumberWords {
    private static final String[] ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen"
                    + " fourteen fifteen sixteen seventeen eighteen nineteen")
            .split(" ");
    private static final String[] TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
    private static final Map<String, Integer> VALUES = Stream.concat(
                    IntStream.range(0, ONES.length).mapToObj(i -> Map.entry(ONES[i], i)),
                    IntStream.range(0, TENS.length).mapToObj(i -> Map.entry(TENS[i], 10 * (i + 2))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    private static final Map<String, Integer> PARTS = Map.ofEntries(
            Map.entry("half", 2),
            Map.entry("third", 3),
            Map.entry("quarter", 4),
            Map.entry("fourth", 4),
            Map.entry("fifth", 5),
            Map.entry("sixth", 6),
            Map.entry("seventh", 7),
            Map.entry("eighth", 8),
            Map.entry("ninth", 9),
            Map.entry("tenth", 10),
            Map.entry("eleventh", 11),
            Map.entry("twelfth", 12),
            Map.entry("fifteenth", 15),
            Map.entry("sixteenth", 16),
            Map.entry("twentieth", 20),
            Map.entry("hundredth", 100),
            Map.entry("thousandth", 1000));

    private static final String PART_NAMES =
            "third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|fifteenth|sixteenth"
                    + "|twentieth|hundredth|thousandth";

    private static final String UNIT = "(?:one|two|three|four|five|six|seven|eight|nine)";
    private static final String ONE = "(?:" + String.join("|", reversed(ONES)) + ")";
    private static final String SMALL = "(?:(?:" + String.join("|", TENS) + ")(?:[-\\s]" + UNIT + "\\b)?|" + ONE + ")";
    private static final String HUNDREDS =
            "(?:(?:" + ONE + "|a)\\shundred(?:\\s(?:and\\s)?" + SMALL + "\\b)?|" + SMALL + ")";
    private static final String THOUSANDS =
            "(?:(?:" + HUNDREDS + "|a)\\sthousand(?:,?\\s(?:and\\s)?" + HUNDREDS + "\\b)?|" + HUNDREDS + ")";
    private static final String MILLIONS =
            "(?:(?:" + HUNDREDS + "|a)\\smillion(?:,?\\s(?:and\\s)?" + THOUSANDS + "\\b)?|" + THOUSANDS + ")";
    private static final Pattern WORDS =
            Pattern.compile("(?<![\\w-])" + MILLIONS + "(?![\\w-])", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY = Pattern.compile(
            "\\b(?:" + String.join("|", reversed(ONES)) + "|" + String.join("|", TENS)
                    + "|hundred|thousand|million|half|quarters?)\\b",
            Pattern.CASE_INSENSITIVE);
    // "one" as a pronoun: "this one", "one of them", "no one"
    private static final Pattern PRONOUN = Pattern.compile(
            "\\b(?:no|this|that|the|each|any|every|which|only|another|right|correct|wrong|other)\\sone\\b"
                    + "|\\bone\\s(?:of|more|another|can|could|should|must|by|way|thing|step|might|needs?|has|would|may)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HYPHEN =
            Pattern.compile("(?i)(?<=\\b(?:" + UNIT + "|ten))-(?=(?:half|halves|" + PART_NAMES + ")s?\\b)");
    private static final Pattern SPACES = Pattern.compile("\\s{2,}");
    private static final Pattern PART = Pattern.compile(
            "(?i)(?<![\\w-])(?:(\\d{1,9}|a)(?: and (?:a|1)|)[ -])(hal(?:f|ves)|(?:" + PART_NAMES + ")s?)\\b");
    private static final Pattern POINT = Pattern.compile("(?i)\\b(\\d{1,9}) point (\\d(?: \\d){0,19})\\b");

    private NumberWords() {}

    static String digits(String text) {
        if (!ANY.matcher(text).find()) {
            return text;
        }
        String seen = HYPHEN.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll(" ");
        seen = PRONOUN.matcher(seen).replaceAll(match -> match.group().replaceAll("(?i)\\bone\\b", "_"));
        seen = WORDS.matcher(seen).replaceAll(match -> String.valueOf(value(match.group())));
        seen = POINT.matcher(seen)
                .replaceAll(match -> match.group(1) + "." + match.group(2).replace(" ", ""));
        return PART.matcher(seen).replaceAll(NumberWords::part);
    }

    /** "3 quarters" is 3/4, "a half" 1/2, "1 and a half" 1 1/2; "a third" may be another thing. */
    private static String part(MatchResult match) {
        String name = match.group(2)
                .toLowerCase(Locale.ROOT)
                .replace("halves", "half")
                .replaceAll("s$", "");
        int below = PARTS.get(name);
        boolean and = match.group().toLowerCase(Locale.ROOT).contains(" and ");
        if (match.group(1).equalsIgnoreCase("a")) {
            return below == 2 || below == 4 ? "1/" + below : match.group();
        }
        if (and) {
            return match.group(1) + " 1/" + below;
        }
        boolean one = match.group(1).equals("1");
        boolean several = match.group(2).toLowerCase(Locale.ROOT).endsWith("s");
        return one != several || below == 2 ? match.group(1) + "/" + below : match.group();
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
