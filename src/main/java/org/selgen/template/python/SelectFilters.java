package org.selgen.template.python;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.selgen.template.python.Environment.Filter;

/** Jinja's filters that go over elements one by one; each element is read when it is asked for. */
public final class SelectFilters {
    static final Map<String, Filter> ALL = Map.of(
            "map", SelectFilters::map,
            "select", (value, a, e) -> chosen("select", value, a, e),
            "reject", (value, a, e) -> chosen("reject", value, a, e),
            "selectattr", (value, a, e) -> chosen("selectattr", value, a, e),
            "rejectattr", (value, a, e) -> chosen("rejectattr", value, a, e));

    private SelectFilters() {}

    private static Object map(Object value, Arguments arguments, Environment environment) {
        StepBudget budget = environment.budget();
        Iterator<Object> items = Values.iterate(Values.truth(value) ? value : List.of(), budget);
        if (arguments.positional().isEmpty()) {
            Arguments.Bound bound = arguments.of("map", "attribute", "default");
            Object path = bound.get("attribute");
            Object otherwise = bound.or("default", None.NONE);
            return mapped(items, budget, item -> {
                Object found = AttributeAccess.path(item, path, budget);
                return found instanceof Undefined && otherwise != None.NONE ? otherwise : found;
            });
        }
        String name = Values.string(arguments.positional().get(0), "map: the filter");
        Filter filter = environment.filter(name);
        Arguments rest = arguments.from(1);
        return mapped(items, budget, item -> filter.apply(item, rest, environment));
    }

    private static Once mapped(Iterator<Object> items, StepBudget budget, Function<Object, Object> change) {
        return new Once(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                budget.steps(1);
                return change.apply(items.next());
            }
        });
    }

    private static Object chosen(String name, Object value, Arguments arguments, Environment environment) {
        boolean byAttribute = name.endsWith("attr");
        List<Object> given = arguments.positional();
        int first = byAttribute ? 1 : 0;
        if (given.size() < first) {
            throw new Refused(name + " needs the name of an attribute");
        }
        Function<Object, Object> looked =
                byAttribute ? item -> AttributeAccess.path(item, given.get(0), environment.budget()) : item -> item;
        Predicate<Object> test = Values::truth;
        if (given.size() > first) {
            Environment.Test named = environment.test(Values.string(given.get(first), name + ": the test"));
            Arguments rest = arguments.from(first + 1);
            test = item -> named.holds(item, rest, environment);
        }
        boolean wanted = name.startsWith("select");
        Predicate<Object> holds = test;
        Iterator<Object> items = Values.iterate(Values.truth(value) ? value : List.of(), environment.budget());
        return new Once(filtered(items, environment.budget(), item -> holds.test(looked.apply(item)) == wanted));
    }

    /** The elements for which the test holds, each tested when it is asked for. */
    public static Iterator<Object> filtered(Iterator<Object> items, StepBudget budget, Predicate<Object> test) {
        return new Iterator<>() {
            private @Nullable Object found;

            @Override
            public boolean hasNext() {
                while (found == null && items.hasNext()) {
                    budget.steps(1);
                    Object item = items.next();
                    found = test.test(item) ? item : null;
                }
                return found != null;
            }

            @Override
            public Object next() {
                if (!hasNext() || found == null) {
                    throw new NoSuchElementException("The elements have ended");
                }
                Object next = found;
                found = null;
                return next;
            }
        };
    }
}
