package org.selgen.template.python;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic. Integers have 64 bits: a larger one is refused. */
public final class Arithmetic {
    private Arithmetic() {}

    private static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    private static long whole(Object value) {
        return Values.integer(value, "a number");
    }

    private static double number(Object value) {
        return value instanceof Double number ? number : whole(value);
    }

    static int compareNumbers(Object one, Object other) {
        if (isInteger(one) && isInteger(other)) {
            return Long.compare(whole(one), whole(other));
        }
        double first = number(one);
        double second = number(other);
        if (Double.isNaN(first) || Double.isNaN(second) || Double.isInfinite(first) || Double.isInfinite(second)) {
            return first < second ? -1 : first == second ? 0 : 1;
        }
        return exact(one).compareTo(exact(other));
    }

    private static BigDecimal exact(Object value) {
        return value instanceof Double number ? new BigDecimal(number) : BigDecimal.valueOf(whole(value));
    }

    public static Object apply(String operator, Object left, Object right, StepBudget budget) {
        Undefined.refuse(left);
        Undefined.refuse(right);
        try {
            return Values.isNumber(left) && Values.isNumber(right)
                    ? numbers(operator, left, right)
                    : others(operator, left, right, budget);
        } catch (ArithmeticException e) {
            throw new Refused(operator + " gives an integer of more than 64 bits");
        }
    }

    private static Object numbers(String operator, Object left, Object right) {
        boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
        if (divides && number(right) == 0) {
            throw new Refused("a division by zero");
        }
        if (operator.equals("/")) {
            return number(left) / number(right);
        }
        return isInteger(left) && isInteger(right)
                ? integers(operator, whole(left), whole(right))
                : floats(operator, number(left), number(right));
    }

    private static Object integers(String operator, long left, long right) {
        return switch (operator) {
            case "+" -> Math.addExact(left, right);
            case "-" -> Math.subtractExact(left, right);
            case "*" -> Math.multiplyExact(left, right);
            case "//" -> left == Long.MIN_VALUE && right == -1 ? Math.negateExact(left) : Math.floorDiv(left, right);
            case "%" -> Math.floorMod(left, right);
            default -> power(left, right);
        };
    }

    private static Object power(long base, long exponent) {
        if (exponent < 0) {
            if (base == 0) {
                throw new Refused("a division by zero");
            }
            return Math.pow((double) base, (double) exponent);
        }
        if (base == 0 || base == 1 || base == -1) {
            return exponent == 0 ? 1L : base == -1 && exponent % 2 == 0 ? 1L : base;
        }
        long result = 1;
        for (long i = 0; i < exponent; i++) { // at most 63 times: then it overflows
            result = Math.multiplyExact(result, base);
        }
        return result;
    }

    private static Object floats(String operator, double left, double right) {
        double result = switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "//" -> Math.floor(left / right);
            case "%" -> modulo(left, right);
            default -> Math.pow(left, right);
        };
        if (operator.equals("**") && (Double.isNaN(result) || Double.isInfinite(result))) {
            throw new Refused("a power that is no number");
        }
        return result;
    }

    private static double modulo(double left, double right) {
        double rest = left % right;
        return rest != 0 && rest < 0 != right < 0 ? rest + right : rest == 0 ? Math.copySign(0, right) : rest;
    }

    private static Object others(String operator, Object left, Object right, StepBudget budget) {
        if (operator.equals("%") && left instanceof String format) {
            return budget.text(Formats.percent(format, right, budget));
        }
        if (operator.equals("+") && left instanceof String text && right instanceof String more) {
            budget.characters((long) text.length() + more.length());
            return text + more;
        }
        boolean lists = left instanceof List && right instanceof List;
        if (operator.equals("+") && (lists || (left instanceof Tuple && right instanceof Tuple))) {
            List<Object> all = new ArrayList<>(Values.items(left));
            all.addAll(Values.items(right));
            budget.steps(all.size());
            return lists ? all : new Tuple(all);
        }
        if (operator.equals("*") && isInteger(right)) {
            return repeated(left, whole(right), budget);
        }
        if (operator.equals("*") && isInteger(left)) {
            return repeated(right, whole(left), budget);
        }
        throw new Refused("'" + operator + "' cannot be done with " + TypeName.of(left) + " and " + TypeName.of(right));
    }

    private static Object repeated(Object value, long given, StepBudget budget) {
        long times = Math.max(0, given);
        if (value instanceof String text) {
            if (text.isEmpty()) {
                return text;
            }
            budget.characters(Math.multiplyExact(times, text.length()));
            return text.repeat((int) times);
        }
        if (!Values.isSequence(value) || value instanceof SequenceView) {
            throw Refused.type("'*'", value);
        }
        List<Object> items = Values.items(value);
        budget.steps(Math.multiplyExact(times, items.size()));
        List<Object> all = new ArrayList<>();
        for (long i = 0; i < times && !items.isEmpty(); i++) {
            all.addAll(items);
        }
        return value instanceof List ? all : new Tuple(all);
    }

    public static Object negative(Object value) {
        if (!Values.isNumber(Undefined.refuse(value))) {
            throw Refused.type("'-'", value);
        }
        return value instanceof Double number ? (Object) (-number) : (Object) negated(whole(value));
    }

    private static long negated(long number) {
        if (number == Long.MIN_VALUE) {
            throw new Refused("'-' gives an integer of more than 64 bits");
        }
        return -number;
    }

    public static Object positive(Object value) {
        if (!Values.isNumber(Undefined.refuse(value))) {
            throw Refused.type("'+'", value);
        }
        return value instanceof Double ? value : (Object) whole(value);
    }
}
