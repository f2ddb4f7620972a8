package org.selgen.judge.text;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Numbers as people write them, as plain digits: {@code 1,234}, {@code 1 234}, {@code 1'234}, {@code 1.2 million},
 * {@code 1.2e6}, {@code 1.2 × 10^6}, {@code 0,75}, {@code .75}, {@code three quarters} is {@code 3/4}, {@code 1 3/4} is
 * {@code 7/4}. Times are linear in sentences of bounded length.
 */
public final class Numbers {
    /** A number of plain digits: a decimal or a fraction. */
    static final String PLAIN = "-?\\d{1,60}(?:\\.\\d{1,120})?(?:/\\d{1,60})?";

    private static final int LARGEST_POWER = 30;
    private static final Map<String, Integer> SCALES =
            Map.of("hundred", 2, "thousand", 3, "million", 6, "billion", 9, "trillion", 12);
    private static final String SCALE = "(hundred|thousand|million|billion|trillion)";

    // between digits, in groups of three (or of two before the last three, as in India)
    private static final Pattern COMMAS =
            Pattern.compile("(?<![\\d.,(\\[{])(?!0,)(\\d{1,3})((?:,\\d{3})+|(?:,\\d{2})+,\\d{3})(?!\\d)(?!,\\d)");
    private static final Pattern SPACED = Pattern.compile(
            "(?<![\\d.,(\\[{/^][ ]?)(?<!\\w)(\\d{1,3})((?:[ ]\\d{3})+)(?![\\d/]|[ ]\\d|[ ]?[x\u00d7*+=])");
    private static final Pattern MARKED = Pattern.compile("(?<![\\d.,'_])(\\d{1,3})((?:'\\d{3})+|(?:_\\d{3})+)(?!\\d)");
    private static final Pattern DOTS =
            Pattern.compile("(?<![\\d.,])(\\d{1,3})((?:\\.\\d{3}){2,})(,\\d{1,20})?(?![\\d.])");
    private static final Pattern ONE_DOT = Pattern.compile("(?<![\\d.,])(\\d{1,3})\\.(\\d{3}),(\\d{1,2})(?![\\d,])");
    private static final Pattern COMMA =
            Pattern.compile("(?<![\\d.,(\\[{])(\\d{1,20}),(\\d{1,2}|\\d{4,20}|(?<=\\b0,)\\d{3})(?![\\d)\\]},])");

    private static final Pattern POINT = Pattern.compile("(?<![\\w.])\\.(?=\\d)");
    private static final Pattern POWER = Pattern.compile(
            "(-?\\d{1,30}(?:\\.\\d{1,60})?)(?:[eE]([-+]?\\d{1,2})|\\s{0,3}(?:[x\u00d7*]|times)\\s{0,3}10\\s?(?:\\^|\\*\\*)\\s?\\(?([-+]?\\d{1,2})\\)?)(?![\\w.]*\\d)");
    private static final Pattern TEN =
            Pattern.compile("(?<![\\w.,^])10\\s?(?:\\^|\\*\\*)\\s?\\(?([-+]?\\d{1,2})\\)?(?![\\w.]*\\d)");
    private static final Pattern KILO = Pattern.compile("(?<![\\w.,-])(?<digits>\\d{2,9})[kK]\\b");
    private static final Pattern SCALED =
            Pattern.compile("(?i)(?<![\\d.])(\\d{1,30}(?:\\.\\d{1,60})?)\\s" + SCALE + "\\b");
    private static final Pattern MIXED =
            Pattern.compile("(?<![\\d./^-])(?<![x\u00d7*+=][ ]?)(\\d{1,9}) (\\d{1,9})/(\\d{1,9})(?![\\d/.]\\d)");
    private static final Pattern SPACED_FRACTION = Pattern.compile("(?<=\\d)\\s/\\s(?=\\d)");
    private static final Pattern NEGATIVE = Pattern.compile("(?i)(?<!\\d\\s)\\b(?:negative|minus)\\s+(?=\\d)");
    private static final Pattern WHOLE = Pattern.compile("\\+?(" + PLAIN + ")");

    private Numbers() {}

    /** The text with every number in plain digits. */
    public static String digits(String text) {
        String seen = NumberWords.digits(text);
        if (seen.chars().noneMatch(Character::isDigit)) {
            return seen;
        }
        seen = COMMAS.matcher(seen).replaceAll(match -> match.group().replace(",", ""));
        seen = MARKED.matcher(seen).replaceAll(match -> match.group().replaceAll("['_]", ""));
        seen = SPACED.matcher(seen).replaceAll(match -> match.group().replace(" ", ""));
        seen = DOTS.matcher(seen)
                .replaceAll(match -> match.group(1)
                        + match.group(2).replace(".", "")
                        + (match.group(3) == null ? "" : match.group(3).replace(',', '.')));
        seen = ONE_DOT.matcher(seen).replaceAll("$1$2.$3");
        seen = COMMA.matcher(seen).replaceAll("$1.$2");
        seen = POINT.matcher(seen).replaceAll("0.");
        seen = POWER.matcher(seen).replaceAll(Numbers::power);
        seen = TEN.matcher(seen).replaceAll(match -> shifted("1", Integer.parseInt(match.group(1)), match.group()));
        seen = KILO.matcher(seen).replaceAll("${digits}000");
        seen = SCALED.matcher(seen)
                .replaceAll(match ->
                        shifted(match.group(1), SCALES.get(match.group(2).toLowerCase(Locale.ROOT)), match.group()));
        seen = SPACED_FRACTION.matcher(seen).replaceAll("/");
        seen = MIXED.matcher(seen).replaceAll(Numbers::mixed);
        return NEGATIVE.matcher(seen).replaceAll("-");
    }

    private static String power(MatchResult match) {
        return shifted(
                match.group(1),
                Integer.parseInt(match.group(2) == null ? match.group(3) : match.group(2)),
                match.group());
    }

    private static String shifted(String digits, int places, String otherwise) {
        return Math.abs(places) > LARGEST_POWER
                ? otherwise
                : new BigDecimal(digits).scaleByPowerOfTen(places).toPlainString();
    }

    private static String mixed(MatchResult match) {
        long whole = Long.parseLong(match.group(1));
        long above = Long.parseLong(match.group(2));
        long below = Long.parseLong(match.group(3));
        return above >= below || whole == 0 ? match.group() : (whole * below + above) + "/" + below;
    }

    /** The number a text is, if it is nothing else. */
    public static Optional<BigFraction> parse(String text) {
        String bare = digits(text.strip()).replaceAll("\\.$", "");
        java.util.regex.Matcher whole = WHOLE.matcher(bare);
        return whole.matches() ? value(whole.group(1)) : Optional.empty();
    }

    /** The value of plain digits; none for a fraction over 0. */
    static Optional<BigFraction> value(String plain) {
        String[] parts = plain.split("/", 2);
        BigFraction value = decimal(parts[0]);
        if (parts.length == 1) {
            return Optional.of(value);
        }
        BigFraction below = decimal(parts[1]);
        return below.equals(BigFraction.ZERO) ? Optional.empty() : Optional.of(value.divide(below));
    }

    private static BigFraction decimal(String digits) {
        BigDecimal value = new BigDecimal(digits);
        BigFraction unscaled = new BigFraction(value.unscaledValue());
        return value.scale() <= 0
                ? unscaled.multiply(java.math.BigInteger.TEN.pow(-value.scale()))
                : unscaled.divide(java.math.BigInteger.TEN.pow(value.scale()));
    }

    /** As people write it: {@code 7}, {@code 0.75}, or {@code 1/3} where there is no end of digits. */
    public static String shown(BigFraction value) {
        try {
            return new BigDecimal(value.getNumerator())
                    .divide(new BigDecimal(value.getDenominator()))
                    .stripTrailingZeros()
                    .toPlainString();
        } catch (ArithmeticException e) {
            return value.getNumerator() + "/" + value.getDenominator();
        }
    }
}
