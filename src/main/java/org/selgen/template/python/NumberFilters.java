package org.selgen.template.python;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import org.selgen.template.python.Environment.Filter;

/** Jinja's filters of numbers. */
final class NumberFilters {
    static final Map<String, Filter> ALL;

    private NumberFilters() {}

    static {
        Map<String, Filter> all = new HashMap<>();
        all.put("abs", (value, a, e) -> {
            a.none("abs");
            Object positive = Arithmetic.positive(value);
            return Arithmetic.compareNumbers(positive, 0L) < 0 ? Arithmetic.negative(positive) : positive;
        });
        all.put("int", NumberFilters::integer);
        all.put("float", (value, a, e) -> {
            Object otherwise = a.of("float", "default").or("default", 0.0);
            if (Values.isNumber(Undefined.refuse(value))) {
                return value instanceof Double ? value : (Object) (double) Values.integer(value, "a number");
            }
            Double number = value instanceof String text ? parsed(text) : null;
            return number == null ? otherwise : number;
        });
        all.put("round", NumberFilters::round);
        ALL = Map.copyOf(all);
    }

    private static Object integer(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("int", "default", "base");
        Object otherwise = bound.or("default", 0L);
        if (bound.integer("base", 10) != 10) {
            throw new Refused("the filter 'int' with a base is not rendered here");
        }
        if (value instanceof Double number) {
            return whole(number, otherwise);
        }
        if (Values.isNumber(Undefined.refuse(value))) {
            return Values.integer(value, "a number");
        }
        if (!(value instanceof String text)) {
            return otherwise;
        }
        String digits = PythonText.strip(text, null);
        if (digits.matches("[+-]?\\d(_?\\d){0,17}")) {
            return Long.parseLong(digits.replace("_", ""));
        }
        Double number = parsed(text);
        return number == null ? otherwise : whole(number, otherwise);
    }

    private static Object whole(double number, Object otherwise) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return otherwise;
        }
        if (Math.abs(number) >= 0x1p63) {
            throw new Refused("the filter 'int' gives an integer of more than 64 bits");
        }
        return (long) number;
    }

    /** The number that a text spells as Python reads it; null where it spells none. */
    private static @org.jspecify.annotations.Nullable Double parsed(String text) {
        String number = PythonText.strip(text, null).replace("_", "");
        if (number.matches("[+-]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][+-]?\\d{1,5})?")) {
            return Double.valueOf(number);
        }
        return switch (number.toLowerCase(java.util.Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static Object round(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("round", "precision", "method");
        long precision = bound.integer("precision", 0);
        String method = bound.text("method", "common");
        if (!Values.isNumber(Undefined.refuse(value)) || Math.abs(precision) > 300) {
            throw Refused.type("round", value);
        }
        double number = value instanceof Double given ? given : Values.integer(value, "a number");
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new Refused("a number that is not finite cannot be rounded");
        }
        if (!method.equals("common")) {
            double scale = Math.pow(10, (double) precision);
            return switch (method) {
                case "ceil" -> Math.ceil(number * scale) / scale;
                case "floor" -> Math.floor(number * scale) / scale;
                default -> throw new Refused("round: method must be common, ceil or floor");
            };
        }
        BigDecimal exact = value instanceof Double
                ? new BigDecimal(number)
                : BigDecimal.valueOf(Values.integer(value, "a number"));
        BigDecimal rounded = exact.setScale((int) precision, RoundingMode.HALF_EVEN);
        return value instanceof Double ? (Object) rounded.doubleValue() : (Object) rounded.longValue();
    }
}
