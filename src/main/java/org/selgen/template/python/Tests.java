package org.selgen.template.python;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.selgen.template.python.Environment.Test;

/** Jinja's tests by name. */
public final class Tests {
    public static final Map<String, Test> ALL;

    static {
        Map<String, Test> all = new HashMap<>();
        kinds(all);
        compared(all, "== eq equalto", (one, other, budget) -> Operators.equal(one, other, budget));
        compared(all, "!= ne", (one, other, budget) -> !Operators.equal(one, other, budget));
        ordered(all, "> gt greaterthan", by -> by > 0);
        ordered(all, ">= ge", by -> by >= 0);
        ordered(all, "< lt lessthan", by -> by < 0);
        ordered(all, "<= le", by -> by <= 0);
        compared(all, "in", (one, other, budget) -> Operators.contains(other, one, budget));
        compared(all, "sameas", (one, other, budget) -> one instanceof Boolean ? one.equals(other) : one == other);
        all.put("odd", (value, a, e) -> rest(value, 2L, e) == 1);
        all.put("even", (value, a, e) -> rest(value, 2L, e) == 0);
        compared(
                all,
                "divisibleby",
                (one, other, budget) -> Operators.equal(Arithmetic.apply("%", one, other, budget), 0L, budget));
        all.put(
                "filter",
                (value, a, e) -> value instanceof String name
                        && (e.filters().containsKey(name) || Filters.REFUSED.contains(name)));
        all.put(
                "test",
                (value, a, e) -> value instanceof String name && e.tests().containsKey(name));
        ALL = Map.copyOf(all);
    }

    private Tests() {}

    private interface Comparison {
        boolean holds(Object one, Object other, StepBudget budget);
    }

    private static void kinds(Map<String, Test> all) {
        kind(all, "defined", value -> !(value instanceof Undefined));
        kind(all, "undefined", value -> value instanceof Undefined);
        kind(all, "none", value -> value == None.NONE);
        kind(all, "boolean", value -> value instanceof Boolean);
        kind(all, "true", Boolean.TRUE::equals);
        kind(all, "false", Boolean.FALSE::equals);
        kind(all, "integer", value -> value instanceof Long);
        kind(all, "float", value -> value instanceof Double);
        kind(all, "number", Values::isNumber);
        kind(all, "string", value -> value instanceof String || value instanceof SafeText);
        kind(all, "mapping", value -> value instanceof Map);
        kind(all, "sequence", Values::sized);
        kind(all, "iterable", value -> Values.iterable(value) || value instanceof AttributeAccess.Attributes);
        kind(all, "callable", value -> value instanceof TemplateFunction || value instanceof Undefined);
        kind(all, "escaped", value -> value instanceof SafeText);
        all.put("lower", (value, a, e) -> TextCase.is("islower", Repr.text(value, e.budget())));
        all.put("upper", (value, a, e) -> TextCase.is("isupper", Repr.text(value, e.budget())));
    }

    private static void kind(Map<String, Test> all, String name, Predicate<Object> test) {
        all.put(name, (value, arguments, environment) -> {
            arguments.none(name);
            return test.test(value);
        });
    }

    private static void compared(Map<String, Test> all, String names, Comparison comparison) {
        for (String name : names.split(" ", -1)) {
            all.put(
                    name,
                    (value, arguments, environment) ->
                            comparison.holds(value, arguments.of(name, "other").get("other"), environment.budget()));
        }
    }

    private static void ordered(Map<String, Test> all, String names, IntPredicate order) {
        compared(all, names, (one, other, budget) -> order.test(Operators.compare(one, other, budget)));
    }

    private static long rest(Object value, long by, Environment environment) {
        Object rest = Arithmetic.apply("%", value, by, environment.budget());
        return rest instanceof Long whole
                ? whole
                : Operators.equal(rest, 0L, environment.budget())
                        ? 0
                        : Operators.equal(rest, 1L, environment.budget()) ? 1 : 2;
    }
}
