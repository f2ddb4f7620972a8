package org.selgen.template.python;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** Python's {@code %} with a text, and {@code str.format} without format specifications. */
final class Formats {
    private static final String FLAGS = "-+ #0";

    private final String format;
    private final StepBudget budget;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private Formats(String format, StepBudget budget) {
        this.format = format;
        this.budget = budget;
        budget.characters(format.length());
    }

    /** {@code format % value}: the conversions s, r, d, i, f, x and X. */
    static String percent(String format, Object value, StepBudget budget) {
        return new Formats(format, budget).percent(value);
    }

    private String percent(Object value) {
        List<Object> values = value instanceof Tuple tuple ? tuple.items() : List.of(value);
        int next = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                out.append(c);
            } else if (peek() == '%') {
                at++;
                out.append('%');
            } else if (peek() == '(') {
                conversion(named(value));
                next = values.size();
            } else if (next < values.size()) {
                conversion(values.get(next++));
            } else {
                throw new Refused("a format has more places than there are values");
            }
        }
        if (next < values.size() && !(value instanceof Map)) {
            throw new Refused("a format has fewer places than there are values");
        }
        return out.toString();
    }

    private char peek() {
        return at < format.length() ? format.charAt(at) : '\0';
    }

    private Object named(Object values) {
        int end = format.indexOf(')', at);
        if (end < 0 || !(values instanceof Map)) {
            throw new Refused("a format with names needs a dict");
        }
        Object value = Values.dict(values).get(format.substring(at + 1, end));
        at = end + 1;
        if (value == null) {
            throw new Refused("a format names what its dict has not");
        }
        return value;
    }

    private void conversion(Object value) {
        int begin = at;
        while (FLAGS.indexOf(peek()) >= 0 && peek() != '\0') {
            at++;
        }
        String flags = format.substring(begin, at);
        int width = number();
        int precision = -1;
        if (peek() == '.') {
            at++;
            precision = number();
        }
        char kind = peek();
        at++;
        if (flags.indexOf('#') >= 0) {
            throw new Refused("the flag '#' of a format is not rendered here");
        }
        boolean numeric = "dixXf".indexOf(kind) >= 0;
        String text = numeric ? signed(number(kind, value, precision), flags) : text(kind, value, precision);
        pad(text, width, flags, numeric);
    }

    private int number() {
        int begin = at;
        while (Character.isDigit(peek())) {
            at++;
        }
        String digits = format.substring(begin, at);
        if (digits.length() > 4) {
            throw new Refused("a format has the width " + digits + " but at most 9999 is allowed");
        }
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private String text(char kind, Object value, int precision) {
        if (kind != 's' && kind != 'r') {
            throw new Refused("the conversion '" + kind + "' of a format is not rendered here");
        }
        String text = kind == 's' ? Repr.text(value, budget) : Repr.of(value, budget);
        return precision >= 0 && precision < text.codePointCount(0, text.length())
                ? text.substring(0, text.offsetByCodePoints(0, precision))
                : text;
    }

    private static String number(char kind, Object value, int precision) {
        if (!Values.isNumber(Undefined.refuse(value))) {
            throw Refused.type("the conversion '" + kind + "' of a format", value);
        }
        boolean isFloat = value instanceof Double;
        double given = isFloat ? (Double) value : Values.integer(value, "a number");
        if (Double.isNaN(given) || Double.isInfinite(given)) {
            throw new Refused("a format of a number that is not finite is not rendered here");
        }
        if (kind == 'f') {
            BigDecimal exact = isFloat ? new BigDecimal(given) : BigDecimal.valueOf(Values.integer(value, "a number"));
            return exact.setScale(precision < 0 ? 6 : precision, RoundingMode.HALF_EVEN)
                    .toPlainString();
        }
        if (precision > 0 || (isFloat && (kind == 'x' || kind == 'X'))) {
            throw new Refused("this conversion '" + kind + "' of a format is not rendered here");
        }
        if (isFloat) {
            return new BigDecimal(given).setScale(0, RoundingMode.DOWN).toPlainString();
        }
        long whole = Values.integer(value, "a number");
        String digits = kind == 'd' || kind == 'i' ? Long.toString(whole) : Long.toString(whole, 16);
        return kind == 'X' ? digits.toUpperCase(java.util.Locale.ROOT) : digits;
    }

    private static String signed(String number, String flags) {
        if (number.startsWith("-")) {
            return number;
        }
        return (flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "") + number;
    }

    private void pad(String text, int width, String flags, boolean numeric) {
        int missing = Math.max(0, width - text.codePointCount(0, text.length()));
        if (flags.indexOf('-') >= 0) {
            out.append(text).append(" ".repeat(missing));
        } else if (flags.indexOf('0') >= 0 && numeric) {
            int sign = text.startsWith("-") || text.startsWith("+") || text.startsWith(" ") ? 1 : 0;
            out.append(text, 0, sign).append("0".repeat(missing)).append(text, sign, text.length());
        } else {
            out.append(" ".repeat(missing)).append(text);
        }
        budget.characters(text.length() + (long) missing);
    }

    /** {@code format.format(...)}: places {@code {}}, {@code {0}} and {@code {name}}. */
    static String braces(String format, Arguments arguments, StepBudget budget) {
        return new Formats(format, budget).braces(arguments);
    }

    private String braces(Arguments arguments) {
        int next = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if ((c == '{' || c == '}') && peek() == c) {
                at++;
                out.append(c);
            } else if (c == '{') {
                int end = format.indexOf('}', at);
                String place = end < 0 ? ":" : format.substring(at, end);
                if (!place.matches("\\w{0,40}")) {
                    throw new Refused("the place '{" + place + "}' of a format is not rendered here");
                }
                at = end + 1;
                String value = Repr.text(place(place.isEmpty() ? Integer.toString(next++) : place, arguments), budget);
                budget.characters(value.length());
                out.append(value);
            } else if (c == '}') {
                throw new Refused("a format has a '}' without its '{'");
            } else {
                out.append(c);
            }
        }
        return budget.text(out.toString());
    }

    private static Object place(String place, Arguments arguments) {
        boolean counted = place.matches("\\d{1,4}");
        List<Object> positional = arguments.positional();
        Object value = !counted
                ? arguments.named().get(place)
                : Integer.parseInt(place) < positional.size() ? positional.get(Integer.parseInt(place)) : null;
        if (value == null) {
            throw new Refused("a format names '" + place + "', which is not given");
        }
        return value;
    }
}
