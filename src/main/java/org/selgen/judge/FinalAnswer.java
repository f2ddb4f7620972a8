package org.selgen.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.selgen.data.Question;

/**
 * The number a text ends up claiming. Intermediate results ({@code 48 = 2 × 18 + 12}, a remainder on the way to a divisor)
 * are not claims. In falling order of weight: a boxed number; the last number said to be the answer ({@code the gcd is 6},
 * {@code so 6}, {@code x ≡ 6 (mod 7)}); the last other {@code … = 6} or {@code … is 6}; the only number of the text.
 *
 * @param value the number
 * @param weight how it was said
 * @param sentence the sentence that says it
 */
record FinalAnswer(BigDecimal value, ClaimWeight weight, String sentence) {
    private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?)(?![\\w.]*\\w)";
    private static final Pattern OPERATOR =
            Pattern.compile("\\s*(?:[×x*+^/÷]|mod\\b|plus\\b|minus\\b|times\\b)|\\s*[-%]\\s?\\d|\\s+-\\s");
    private static final String FILLER =
            "(?:\\s*(?:equal to|equals?|exactly|indeed|definitely|therefore|then|thus|just|simply|clearly"
                    + "|actually|also|now|only|really|certainly|of|the number|the value|to|a|as|:|=)\\b?)*";
    private static final Pattern BOX = Pattern.compile("\\[\\[[^\\]]*?" + NUMBER + "[^\\]]*\\]\\]");
    private static final Pattern LINK = Pattern.compile(
            "(?:(≡|\\b(?:congruent|equivalent) to\\b)|=|:|→|\\b(?:is it|is|are|be|was|equals?|gives?|gave|gets?|got|yields?|makes?"
                    + "|have|obtain(?:ed)?|comes? (?:out )?(?:to|as)|am left with|left with|being|find|found)\\b)"
                    + FILLER + "\\s*"
                    + "(?<![\\w.,-])" + NUMBER);
    private static final Pattern BEFORE = Pattern.compile(
            "(?<![\\w.])" + NUMBER + "\\s+(?:is|as|being)\\s+(?:indeed\\s+)?(?:the|your|our|my)\\s+(?:\\w+\\s+){0,3}?"
                    + "(?:answer|result|solution|gcd|hcf|divisor|factor|sum|total|remainder)\\b");
    private static final Pattern BARE =
            Pattern.compile("(?:^|\\b)(?:so|therefore|thus|hence|answer|result|solution|yes|no|yeah)\\b\\s*[,:]?\\s*"
                    + NUMBER + "\\s*(?:[.!?,;]|$)");
    private static final Pattern OR = Pattern.compile("^\\s*(?:,?\\s*or|/)\\s+(?:\\w+\\s+)?-?\\d");
    private static final Pattern ANY = Pattern.compile("(?<![\\w.])" + NUMBER);
    private static final Pattern NOT =
            Pattern.compile("\\b(?:not|n't|never|than|instead of)\\s+(?:equal to\\s+)?(-?\\d+(?:\\.\\d+)?)");
    private static final Pattern LABEL =
            Pattern.compile("\\b(?:step|case|line|part|rule)\\s*\\d+\\s*[:.)]?|^\\s*\\d+[.)]\\s+(?=\\D)");

    static Optional<FinalAnswer> of(String text, Question question) {
        List<FinalAnswer> claims = claims(text, question);
        Optional<FinalAnswer> best = Optional.empty();
        for (FinalAnswer claim : claims) {
            if (best.isEmpty() || claim.weight.compareTo(best.get().weight) <= 0) {
                best = Optional.of(claim);
            }
        }
        return best.isPresent() ? best : only(text, question);
    }

    /** All claims in the order of the text. */
    static List<FinalAnswer> claims(String text, Question question) {
        Topic topic = Topic.of(question);
        List<FinalAnswer> claims = new ArrayList<>();
        for (String original : Prose.sentences(Prose.plain(text))) {
            String sentence = LABEL.matcher(Numbers.digits(original.toLowerCase(Locale.ROOT)))
                    .replaceAll(" ");
            SortedMap<Integer, FinalAnswer> found = new TreeMap<>(); // by the number's place in the sentence
            LINK.matcher(sentence).results().forEach(link -> {
                boolean congruence = link.group(1) != null;
                if (!ambiguous(sentence, link.end()) && (congruence || !operand(sentence, link.end()))) {
                    topic.weight(sentence.substring(0, link.start()), link.group())
                            .ifPresent(w -> found.put(link.start(2), claim(link.group(2), w, original)));
                }
            });
            for (Pattern pattern : List.of(BEFORE, BARE)) {
                pattern.matcher(sentence)
                        .results()
                        .filter(match -> !ambiguous(sentence, match.end(1)))
                        .forEach(m -> found.put(m.start(1), claim(m.group(1), ClaimWeight.ANSWER, original)));
            }
            BOX.matcher(sentence)
                    .results()
                    .forEach(box -> found.put(box.start(1), claim(box.group(1), ClaimWeight.BOXED, original)));
            claims.addAll(found.values());
        }
        return claims;
    }

    private static FinalAnswer claim(String digits, ClaimWeight weight, String sentence) {
        return new FinalAnswer(new BigDecimal(digits), weight, sentence);
    }

    /** Whether the number that ends at {@code end} goes on as an expression, as 6 in {@code = 6 × 8}. */
    private static boolean operand(String sentence, int end) {
        return OPERATOR.matcher(sentence).region(end, sentence.length()).lookingAt();
    }

    /** Whether another number is offered beside the one that ends at {@code end}: "6 or 7". */
    private static boolean ambiguous(String sentence, int end) {
        return OR.matcher(sentence).region(end, sentence.length()).lookingAt();
    }

    /** The only number, leaving out denied ones and, if there are others, those the question gave. */
    private static Optional<FinalAnswer> only(String text, Question question) {
        String seen = LABEL.matcher(Numbers.digits(Prose.plain(text).toLowerCase(Locale.ROOT)))
                .replaceAll(" ");
        seen = NOT.matcher(seen).replaceAll(" ");
        if (seen.contains("=") || seen.contains("≡")) {
            return Optional.empty(); // working without a result
        }
        TreeSet<BigDecimal> found = numbers(seen);
        if (found.size() > 1) {
            found.removeAll(numbers(Numbers.digits(Topic.lastTurn(question).toLowerCase(Locale.ROOT))));
        }
        return found.size() == 1
                ? Optional.of(new FinalAnswer(
                        found.first(), ClaimWeight.ONLY, Prose.plain(text).strip()))
                : Optional.empty();
    }

    /** Every number in a text of plain digits. */
    static TreeSet<BigDecimal> numbers(String digits) {
        TreeSet<BigDecimal> found = new TreeSet<>(); // ordered by compareTo, so 3.0 is 3
        ANY.matcher(digits).results().forEach(match -> found.add(new BigDecimal(match.group(1))));
        return found;
    }
}
