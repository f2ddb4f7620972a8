package org.selgen.judge.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/** The numbers that one sentence claims, in plain digits and small letters. */
final class Claims {
    private static final String NUMBER = "(" + Numbers.PLAIN + ")(?![\\w.]*\\w)";
    private static final int NEAR = 200; // characters before a number that say what it is
    private static final Pattern OPERATOR =
            Pattern.compile("\\s*(?:[×x*+^/÷]|mod\\b|plus\\b|minus\\b|times\\b)|\\s*[-%]\\s?\\d|\\s*=(?!=)"
                    + "|\\s+-\\s|\\s+(?:of(?! course)|more|less|fewer|greater|larger|smaller|divided by)\\b");
    private static final String FILLER =
            "(?:\\s*(?:equal to|equals?|exactly|indeed|definitely|therefore|then|thus|just|simply|clearly"
                    + "|actually|also|now|only|really|certainly|of|the number|the value|to|a|as|about|:|=|-|\\$|€|£|~)(?![a-z])){0,6}";
    private static final Pattern BOX = Pattern.compile("\\[\\[([^\\[\\]]{1,300})\\]\\]");
    private static final Pattern POWER = Pattern.compile("(\\d{1,4})\\^\\(?(\\d{1,2})\\)?");
    private static final Pattern LINK = Pattern.compile(
            "(?:(≡|\\b(?:congruent|equivalent) to\\b)|=|:|→|->|\\b(?:is it|is|are|be|was|equals?|gives?|gave|gets?|got|yields?|makes?"
                    + "|have|obtain(?:ed)?|comes? (?:out )?(?:to|as)|am left with|left with|being|find|found"
                    + "|i (?:would |d )?(?:say|pick|choose|answer|guess|bet|go with))\\b)"
                    + FILLER + "\\s{0,9}(?<![\\w.,-])" + NUMBER);
    private static final Pattern BEFORE = Pattern.compile("(?<![\\w.])" + NUMBER
            + "\\s+(?:is|as|being)\\s+(?:indeed\\s+|therefore\\s+|thus\\s+)?(?:the|your|our|my)\\s+(?:\\w+\\s+){0,3}?"
            + "(?:answer|result|solution|gcd|hcf|divisor|factor|sum|total|remainder)\\b");
    private static final Pattern BARE =
            Pattern.compile("(?:^|\\b)(?:so|therefore|thus|hence|answer|result|solution|yes|no|yeah)\\b\\s*[,:]?\\s*"
                    + NUMBER + "\\s*(?:[.!?,;]|$)");
    private static final Pattern MAKES = Pattern.compile(
            "\\b(?:makes?|making|gives?|giving|has|have|having|with|gets?) (?:the|a|an|your|our) (?:\\w+ ){0,2}"
                    + "(?:answer|result|solution|gcd|hcf|sum|total),? (?:of |as |equal to )?" + NUMBER);
    private static final Pattern ALONE =
            Pattern.compile("^[\\s\"'(=$€£~+]{0,6}" + NUMBER + "[\\s\"')%°.!]{0,6}(?:percent)?[.!\\s]{0,3}$");
    private static final Pattern LEADS = Pattern.compile(
            "^[\\s\"'(=$€£~+]{0,6}" + NUMBER + "(?:,? (?:because|since|as|which)\\b| \\((?!mod)| -{1,3} (?=[a-z])|: )");
    private static final Pattern REST = Pattern.compile(
            "\\b(?:remainder(?: of|:| is| =)?|leaves?|leaving)\\s" + NUMBER + "|(?<=\\d) ?r ?" + NUMBER);
    private static final Pattern REASON = Pattern.compile("\\b(?:since|because|as)\\b[^.;]*$");
    private static final Pattern DIVISION =
            Pattern.compile("\\d\\s?=\\s?\\d+\\s?[×x*·]\\s?\\d+\\s?\\+\\s?" + NUMBER + "\\s{0,3}(?:[.,;!]|$)");
    private static final Pattern COMPARED = Pattern.compile(
            "(?<![\\w.])" + NUMBER + " (?:>|is (?:the )?(?:larger|greater|bigger|higher|smaller|lower|less|more)\\b)");
    private static final Pattern OR = Pattern.compile("^\\s*(?:,?\\s*or|/)\\s+(?:[a-z]+\\s+){0,4}-?\\d"
            + "|^,\\s-?\\d+(?:,|\\s(?:and|or)\\s)|^\\s(?:and|&)\\s-?\\d+\\s{0,3}(?:[.!?,;]|$)");
    private static final Pattern OFFERED = Pattern.compile("\\d,? or (?:[a-z]+ ){0,3}$");
    private static final Pattern ANY = Pattern.compile("(?<![\\w.])" + NUMBER);
    private static final Pattern LABEL = Pattern.compile("\\b(?:step|case|line|part|rule)\\s*\\d+\\s*[:.)]?");
    private static final Pattern COUNTED = Pattern.compile(
            "^ (?!(?:is|as|plus|minus|times|divides|this|was|has|yes|equals|leaves|works|does|its|us|points|percent)\\b)[a-z]{2,20}s\\b");
    private static final Pattern IS =
            Pattern.compile("(?<=\\b(?:it|that|this|here|there|answer|result|gcd|hcf|sum|total|remainder))'s\\b");
    private static final Pattern PERCENT = Pattern.compile("^\\s?(?:%|percent\\b|per cent\\b)");
    private static final Pattern DASH = Pattern.compile("^\\s*-\\s+$");
    private static final Pattern THREE = Pattern.compile("-?[1-9]\\d{0,2}\\.\\d{3}");

    private Claims() {}

    /**
     * A number in a text.
     *
     * @param values what it may be, the likeliest first
     * @param end where it ends
     */
    record Read(List<BigFraction> values, int end) {}

    /** A sentence in small letters, with numbers in plain digits and without those of steps. */
    static String canonical(String sentence) {
        String whole = IS.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(" is");
        return LABEL.matcher(Numbers.digits(whole)).replaceAll(" ");
    }

    static List<Claim> of(String sentence, String original, Topic topic) {
        SortedMap<Integer, Claim> found = new TreeMap<>(); // by the number's place in the sentence
        LINK.matcher(sentence).results().forEach(link -> {
            boolean reason = !found.isEmpty()
                    && REASON.matcher(sentence.substring(Math.max(0, link.start() - NEAR), link.start()))
                            .find();
            boolean congruence = link.group(1) != null;
            if (!ambiguous(sentence, link, 2) && (congruence || !operand(sentence, link.end()))) {
                boolean counted =
                        COUNTED.matcher(sentence.substring(link.end())).find();
                topic.weight(sentence.substring(Math.max(0, link.start() - NEAR), link.start()), link.group())
                        .map(weight -> counted && weight == ClaimWeight.PRONOUN ? ClaimWeight.EQUATION : weight)
                        .filter(weight -> !reason || weight != ClaimWeight.EQUATION)
                        .ifPresent(weight -> claim(sentence, link, 2, weight, original, found));
            }
        });
        for (Pattern pattern : List.of(BEFORE, BARE, MAKES)) {
            pattern.matcher(sentence)
                    .results()
                    .filter(match -> !ambiguous(sentence, match, 1) && !operand(sentence, match.end(1)))
                    .forEach(match -> claim(sentence, match, 1, ClaimWeight.ANSWER, original, found));
        }
        if (topic == Topic.REMAINDER) {
            DIVISION.matcher(sentence)
                    .results()
                    .forEach(match -> claim(sentence, match, 1, ClaimWeight.EQUATION, original, found));
            REST.matcher(sentence)
                    .results()
                    .forEach(match -> claim(
                            sentence, match, match.group(1) == null ? 2 : 1, ClaimWeight.ANSWER, original, found));
        }
        if (topic == Topic.OTHER) {
            COMPARED.matcher(sentence)
                    .results()
                    .forEach(match -> claim(sentence, match, 1, ClaimWeight.PRONOUN, original, found));
        }
        LEADS.matcher(sentence)
                .results()
                .forEach(match -> claim(sentence, match, 1, ClaimWeight.ALONE, original, found));
        ALONE.matcher(sentence)
                .results()
                .forEach(match -> claim(sentence, match, 1, ClaimWeight.ALONE, original, found));
        BOX.matcher(sentence)
                .results()
                .forEach(box -> boxed(box.group(1))
                        .ifPresent(value ->
                                found.put(box.start(1), new Claim(List.of(value), ClaimWeight.BOXED, original))));
        return new ArrayList<>(found.values());
    }

    private static void claim(
            String sentence,
            MatchResult match,
            int group,
            ClaimWeight weight,
            String original,
            SortedMap<Integer, Claim> found) {
        List<BigFraction> values = values(sentence, match.start(group), match.end(group));
        if (!values.isEmpty()) {
            found.merge(match.start(group), new Claim(values, weight, original), Claims::weightier);
        }
    }

    private static Claim weightier(Claim a, Claim b) {
        return a.weight().compareTo(b.weight()) <= 0 ? a : b;
    }

    /** All that a number may be: 75% is 75 or 0.75; 1.234 may be 1234 with a dot for the thousands; "- 3" may be an item. */
    private static List<BigFraction> values(String sentence, int start, int end) {
        String plain = sentence.substring(start, end);
        Optional<BigFraction> value = Numbers.value(plain);
        if (value.isEmpty()) {
            return List.of();
        }
        List<BigFraction> values = new ArrayList<>(List.of(value.get()));
        if (PERCENT.matcher(sentence.substring(end)).find()) {
            values.add(value.get().divide(100));
        }
        if (DASH.matcher(sentence.substring(0, start)).matches()) {
            values.add(value.get().negate());
        }
        if (THREE.matcher(plain).matches()) {
            values.add(value.get().multiply(1000));
        }
        return values;
    }

    /** The number that a box holds: all of it, or what stands behind its last sign of equality, or its only one. */
    private static Optional<BigFraction> boxed(String content) {
        String last = content.substring(Math.max(content.lastIndexOf('='), content.lastIndexOf('≡')) + 1);
        Optional<BigFraction> whole =
                Numbers.parse(last.replaceAll("[$€£,;]|\\(mod[^)]*\\)", " ").strip());
        Matcher power = POWER.matcher(last.strip());
        if (power.matches()) {
            return Optional.of(new BigFraction(new BigInteger(power.group(1)).pow(Integer.parseInt(power.group(2)))));
        }
        List<Read> numbers = numbers(last);
        return whole.isPresent() || numbers.size() != 1
                ? whole
                : Optional.of(numbers.get(0).values().get(0));
    }

    /** Every number of a sentence. */
    static List<Read> numbers(String sentence) {
        List<Read> numbers = new ArrayList<>();
        ANY.matcher(sentence).results().forEach(match -> {
            List<BigFraction> values = values(sentence, match.start(1), match.end(1));
            if (!values.isEmpty()) {
                numbers.add(new Read(values, match.end(1)));
            }
        });
        return numbers;
    }

    /** Whether the number that ends at {@code end} goes on as an expression, as 6 in {@code = 6 × 8}. */
    private static boolean operand(String sentence, int end) {
        return OPERATOR.matcher(sentence).region(end, sentence.length()).lookingAt();
    }

    /** Whether another number is offered beside that of a group: "6 or 7"; not the same one again: "3/4 or 0.75". */
    private static boolean ambiguous(String sentence, MatchResult match, int group) {
        String before = sentence.substring(Math.max(0, match.start() - NEAR), match.start());
        int end = match.end(group);
        return OFFERED.matcher(before).find()
                || (OR.matcher(sentence).region(end, sentence.length()).lookingAt()
                        && !again(sentence.substring(match.start(group), end), sentence.substring(end)));
    }

    private static boolean again(String number, String behind) {
        Matcher next = ANY.matcher(behind);
        return next.find() && Numbers.value(next.group(1)).equals(Numbers.value(number));
    }
}
