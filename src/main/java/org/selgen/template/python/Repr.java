package org.selgen.template.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/** Values as Python prints them. */
public final class Repr {
    private final StepBudget budget;
    private final StringBuilder out = new StringBuilder();

    private Repr(StepBudget budget) {
        this.budget = budget;
    }

    /** Python's {@code str}: a text is itself, what is undefined is nothing. */
    public static String text(Object value, StepBudget budget) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof SafeText safe) {
            return safe.text();
        }
        return value instanceof Undefined ? "" : of(value, budget);
    }

    /** Python's {@code repr}. */
    static String of(Object value, StepBudget budget) {
        Repr repr = new Repr(budget);
        repr.add(value);
        return repr.out.toString();
    }

    private void add(Object value) {
        budget.enter();
        if (value instanceof SequenceView view && view.kind().equals("range")) {
            throw Refused.type("printing", view);
        } else if (value instanceof SequenceView view) {
            out.append(view.kind()).append("([");
            list(view);
            out.append("])");
        } else if (value instanceof List) {
            out.append('[');
            list(Values.items(value));
            out.append(']');
        } else if (value instanceof Tuple tuple) {
            out.append('(');
            list(tuple.items());
            out.append(tuple.items().size() == 1 ? ",)" : ")");
        } else if (value instanceof Map) {
            dict(Values.dict(value));
        } else {
            scalar(value);
        }
        budget.leave();
    }

    private void list(List<Object> items) {
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            add(item);
            separator = ", ";
        }
    }

    private void dict(Map<Object, Object> dict) {
        String separator = "{";
        for (Map.Entry<Object, Object> entry : dict.entrySet()) {
            out.append(separator);
            add(entry.getKey());
            out.append(": ");
            add(entry.getValue());
            separator = ", ";
        }
        out.append(dict.isEmpty() ? "{}" : "}");
    }

    private void scalar(Object value) {
        if (value instanceof String text) {
            quote(text);
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "True" : "False");
        } else if (value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double number) {
            out.append(of(number));
        } else if (value == None.NONE) {
            out.append("None");
        } else if (value instanceof Undefined) {
            out.append("Undefined");
        } else {
            throw Refused.type("printing", value);
        }
    }

    private void quote(String text) {
        budget.characters(text.length());
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                out.append('\\').append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
            } else if (printable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(
                        c < 0x100
                                ? String.format("\\x%02x", c)
                                : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c));
            }
        });
        out.append(quote);
    }

    private static boolean printable(int c) {
        int type = Character.getType(c);
        return c == ' '
                || (type != Character.CONTROL
                        && type != Character.FORMAT
                        && type != Character.SURROGATE
                        && type != Character.PRIVATE_USE
                        && type != Character.UNASSIGNED
                        && type != Character.LINE_SEPARATOR
                        && type != Character.PARAGRAPH_SEPARATOR
                        && type != Character.SPACE_SEPARATOR);
    }

    /** Python's shortest text that gives the same number. */
    static String of(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number > 0 ? "0.0" : "-0.0";
        }
        BigDecimal exact = new BigDecimal(number);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits));
            if (shortest.doubleValue() == number) {
                break;
            }
        }
        String digits = shortest.unscaledValue().abs().toString();
        int point = digits.length() - shortest.scale();
        digits = digits.replaceFirst("0+$", "");
        return (number < 0 ? "-" : "") + placed(digits, point);
    }

    private static String placed(String digits, int point) {
        if (point > 16 || point < -3) {
            String exponent = (point > 0 ? "e+" : "e-") + String.format("%02d", Math.abs(point - 1));
            return digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + exponent;
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return digits.length() <= point
                ? digits + "0".repeat(point - digits.length()) + ".0"
                : digits.substring(0, point) + "." + digits.substring(point);
    }
}
