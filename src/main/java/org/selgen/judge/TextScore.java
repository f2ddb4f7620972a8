package org.selgen.judge;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.selgen.judge.text.Numbers;
import org.selgen.judge.text.Thoughts;

/**
 * What a judge's reply in words says: the one number in it, or one of the rubric's words. Mark-up, labels ({@code Score:}),
 * JSON, thoughts before it and the scale ({@code /100}, {@code out of 100}) do not matter. With two different numbers, a
 * number and a word, a number off the scale, or a share between 0 and 1, it says nothing.
 *
 * @param number from 0 to 100
 * @param word one of the rubric's
 * @param reason what was read, or why nothing was
 */
record TextScore(Optional<BigDecimal> number, Optional<String> word, String reason) {
    private static final BigDecimal MOST = BigDecimal.valueOf(100);

    private static final Pattern MARKS = Pattern.compile("[*_`\"'\u201c\u201d\u2018\u2019]++");
    private static final String HUNDRED = "(?:100|one hundred|a hundred)(?:\\.0)?(?![\\d.]*\\d)";
    private static final Pattern SCALE = Pattern.compile("(?i)(?<=\\d)\\s?/\\s?" + HUNDRED
            + "|\\b(?:out )?of (?:a (?:possible|maximum|total) )?(?:of )?" + HUNDRED
            + "|\\b[01] ?(?:-|to|and) ?" + HUNDRED);
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])[-+]?(?:\\d++(?:[.,]\\d++)?+|\\.\\d++)(?:[eE][-+]?\\d{1,2}+)?+");
    private static final String LABEL = "(?:score|rating|grade|answer|verdict|result|label|category|final)";
    private static final int LONGEST = 10_000;

    static TextScore of(String reply, List<String> words) {
        Optional<String> said = Thoughts.after(reply);
        if (said.isEmpty()) {
            return nothing("the thoughts of the reply do not end");
        }
        if (said.get().length() > LONGEST) {
            return nothing("the reply is longer than " + LONGEST + " characters");
        }
        String text = MARKS.matcher(plain(said.get())).replaceAll("").strip();
        TreeSet<BigDecimal> numbers = numbers(SCALE.matcher(text).replaceAll(" "));
        TreeSet<String> named =
                words.stream().filter(word -> says(text, word)).collect(Collectors.toCollection(TreeSet::new));
        if (numbers.size() + named.size() > 1) {
            return nothing("the reply says more than one thing: "
                    + numbers.stream().map(TextScore::shown).collect(Collectors.joining(", "))
                    + (numbers.isEmpty() || named.isEmpty() ? "" : ", ") + String.join(", ", named));
        }
        if (!named.isEmpty()) {
            return new TextScore(Optional.empty(), Optional.of(named.first()), "the reply is " + named.first());
        }
        return numbers.isEmpty()
                ? nothing("the reply is neither a number from 0 to 100 nor a word it may say")
                : scored(numbers.first());
    }

    private static TextScore scored(BigDecimal number) {
        if (number.signum() < 0 || number.compareTo(MOST) > 0) {
            return nothing("the reply is " + shown(number) + ", which is not from 0 to 100");
        }
        if (number.signum() > 0 && number.compareTo(BigDecimal.ONE) < 0) {
            return nothing("the reply is " + shown(number) + ", which may be a share of 1 or a number to 100");
        }
        return new TextScore(Optional.of(number), Optional.empty(), "the reply is the number " + shown(number));
    }

    /** Digits of every script as 0 to 9, every minus as a hyphen. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
            } else if (c == '\u2212' || c == '\u2013' || c == '\u2014' || c == '\uff0d') {
                plain.append('-');
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }

    /** The different numbers; those in words where there are none in digits. */
    private static TreeSet<BigDecimal> numbers(String text) {
        TreeSet<BigDecimal> numbers = digits(text);
        if (numbers.isEmpty()) {
            numbers = digits(Numbers.digits(text));
            if (!text.strip().replaceAll("\\W", "").equalsIgnoreCase("one")) {
                numbers.remove(BigDecimal.ONE); // "one" is mostly a pronoun
            }
        }
        return numbers;
    }

    private static TreeSet<BigDecimal> digits(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(match -> match.group().matches(".*,\\d{3}") ? match.group().replace(",", "") : match.group())
                .map(digits -> new BigDecimal(digits.replace(',', '.')))
                .collect(Collectors.toCollection(TreeSet::new)); // ordered by compareTo, so 85.0 is 85
    }

    /** Whether the text is the word, begins with it, gives it after a label, or has it in capitals. */
    private static boolean says(String text, String word) {
        String quoted = Pattern.quote(word);
        Pattern whole = Pattern.compile("(?iu)^[^\\p{L}\\p{N}]*+" + quoted + "(?:[^\\p{L}\\p{N}]*+$|\\s*[:.,(\\n-])");
        Pattern labelled = Pattern.compile("(?iu)\\b" + LABEL + "\\s*(?:is\\b|[:=>])\\s*[\\[{(<]*" + quoted + "\\b");
        Pattern capitals = Pattern.compile("(?<!\\bnot )(?<!\\bnot an? )(?<!\\bno )\\b" + quoted + "\\b");
        return whole.matcher(text).find()
                || labelled.matcher(text).find()
                || (word.equals(word.toUpperCase(Locale.ROOT))
                        && capitals.matcher(text).find());
    }

    private static String shown(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static TextScore nothing(String reason) {
        return new TextScore(Optional.empty(), Optional.empty(), reason);
    }
}
