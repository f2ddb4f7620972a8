package org.selgen.template.python;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.selgen.template.python.Environment.Filter;

/** Jinja's filters of sequences as a whole. */
final class ListFilters {
    static final Map<String, Filter> ALL;

    private ListFilters() {}

    static {
        Map<String, Filter> all = new HashMap<>();
        Filter length = (value, a, e) -> {
            a.none("length");
            e.budget().characters(value instanceof String text ? text.length() : 0);
            return Values.length(value);
        };
        all.put("length", length);
        all.put("count", length);
        all.put("first", (value, a, e) -> {
            a.none("first");
            Iterator<Object> items = Values.iterate(value, e.budget());
            return items.hasNext() ? items.next() : new Undefined("the sequence has no first item");
        });
        all.put("last", ListFilters::last);
        all.put("list", (value, a, e) -> {
            a.none("list");
            return Values.list(value, e.budget());
        });
        all.put("reverse", ListFilters::reverse);
        ordered(all);
        parted(all);
        ALL = Map.copyOf(all);
    }

    private static void ordered(Map<String, Filter> all) {
        all.put("sort", ListFilters::sort);
        all.put("unique", ListFilters::unique);
        all.put("min", (value, a, e) -> extreme("min", value, a, e));
        all.put("max", (value, a, e) -> extreme("max", value, a, e));
        all.put("sum", ListFilters::sum);
    }

    private static void parted(Map<String, Filter> all) {
        all.put("join", ListFilters::join);
        all.put("items", (value, a, e) -> {
            a.none("items");
            if (!(value instanceof Map || value instanceof Undefined)) {
                throw Refused.type("items", value);
            }
            return new Once(
                    value instanceof Map
                            ? AttributeAccess.pairs(Values.dict(value)).iterator()
                            : Collections.emptyIterator());
        });
        all.put("dictsort", ListFilters::dictSort);
        all.put("batch", ListFilters::batch);
        all.put("slice", ListFilters::slice);
    }

    private static Object last(Object value, Arguments arguments, Environment environment) {
        arguments.none("last");
        if (value instanceof Once) {
            throw Refused.type("last", value);
        }
        List<Object> items = Values.list(value, environment.budget());
        return items.isEmpty() ? new Undefined("the sequence has no last item") : items.get(items.size() - 1);
    }

    private static Object reverse(Object value, Arguments arguments, Environment environment) {
        arguments.none("reverse");
        if (value instanceof String text) {
            return Slices.slice(text, None.NONE, None.NONE, -1L, environment.budget());
        }
        List<Object> items = Values.list(value, environment.budget());
        Collections.reverse(items);
        return value instanceof Once ? items : new Once(items.iterator());
    }

    private static Object join(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("join", "d", "attribute");
        StepBudget budget = environment.budget();
        String separator = Repr.text(bound.or("d", ""), budget);
        StringBuilder joined = new StringBuilder();
        String before = "";
        for (Object item : Values.list(value, budget)) {
            String text = Repr.text(key(item, bound, budget), budget);
            budget.characters((long) text.length() + separator.length());
            joined.append(before).append(text);
            before = separator;
        }
        return budget.text(joined.toString());
    }

    /** The element, or its attribute where the filter names one. */
    private static Object key(Object item, Arguments.Bound bound, StepBudget budget) {
        Object path = bound.or("attribute", None.NONE);
        return path == None.NONE ? item : AttributeAccess.path(item, path, budget);
    }

    /** The same without the case of its letters, but where the filter is to see it. */
    private static Object plain(Object item, Arguments.Bound bound, StepBudget budget) {
        Object key = key(item, bound, budget);
        return key instanceof String text && !bound.truth("case_sensitive") ? text.toLowerCase(Locale.ROOT) : key;
    }

    private static Object sort(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("sort", "reverse", "case_sensitive", "attribute");
        if (bound.or("attribute", "") instanceof String paths && paths.contains(",")) {
            throw new Refused("sort by more than one attribute is not rendered here");
        }
        List<Object> items = Values.list(value, environment.budget());
        List<Object> keys = items.stream()
                .map(item -> plain(item, bound, environment.budget()))
                .toList();
        return Operators.sorted(items, keys, bound.truth("reverse"), environment.budget());
    }

    private static Object unique(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("unique", "case_sensitive", "attribute");
        Map<Object, Object> first = new java.util.LinkedHashMap<>();
        for (Object item : Values.list(value, environment.budget())) {
            Object key = plain(item, bound, environment.budget());
            if (Values.isSequence(key) || key instanceof Map || key instanceof Double) {
                throw Refused.type("unique", key);
            }
            first.putIfAbsent(key instanceof Boolean truth ? (Object) (truth ? 1L : 0L) : key, item);
        }
        return new Once(first.values().iterator());
    }

    private static Object extreme(String name, Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of(name, "case_sensitive", "attribute");
        List<Object> items = Values.list(value, environment.budget());
        if (items.isEmpty()) {
            return new Undefined("the sequence has no " + name);
        }
        List<Object> keys = items.stream()
                .map(item -> plain(item, bound, environment.budget()))
                .toList();
        return Operators.sorted(items, keys, name.equals("max"), environment.budget())
                .get(0);
    }

    private static Object sum(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("sum", "attribute", "start");
        Object sum = bound.or("start", 0L);
        for (Object item : Values.list(value, environment.budget())) {
            sum = Arithmetic.apply("+", sum, key(item, bound, environment.budget()), environment.budget());
        }
        return sum;
    }

    private static Object dictSort(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("dictsort", "case_sensitive", "by", "reverse");
        if (!(value instanceof Map)) {
            throw Refused.type("dictsort", value);
        }
        String by = bound.text("by", "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw new Refused("dictsort: by is '" + by + "' but must be key or value");
        }
        List<Object> items = AttributeAccess.pairs(Values.dict(value));
        environment.budget().steps(items.size());
        List<Object> keys = items.stream()
                .map(pair -> Values.items(pair).get(by.equals("key") ? 0 : 1))
                .map(key -> key instanceof String text && !bound.truth("case_sensitive")
                        ? text.toLowerCase(Locale.ROOT)
                        : key)
                .toList();
        return Operators.sorted(items, keys, bound.truth("reverse"), environment.budget());
    }

    private static Object batch(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("batch", "linecount", "fill_with");
        long width = bound.integer("linecount");
        List<Object> items = Values.list(value, environment.budget());
        List<Object> batches = new ArrayList<>();
        if (width < 1) {
            throw new Refused("batch: linecount is " + width + " but must be at least 1");
        }
        for (long from = 0; from < items.size(); from += width) {
            List<Object> batch = new ArrayList<>(items.subList((int) from, (int) Math.min(items.size(), from + width)));
            if (bound.or("fill_with", None.NONE) != None.NONE) {
                environment.budget().steps(width);
                while (batch.size() < width) {
                    batch.add(bound.get("fill_with"));
                }
            }
            batches.add(batch);
        }
        return new Once(batches.iterator());
    }

    private static Object slice(Object value, Arguments arguments, Environment environment) {
        Arguments.Bound bound = arguments.of("slice", "slices", "fill_with");
        long slices = bound.integer("slices");
        if (slices < 1) {
            throw new Refused("slice: slices is " + slices + " but must be at least 1");
        }
        List<Object> items = Values.list(value, environment.budget());
        environment.budget().steps(slices);
        long each = items.size() / slices;
        long longer = items.size() % slices;
        List<Object> all = new ArrayList<>();
        int from = 0;
        for (long s = 0; s < slices; s++) {
            int to = (int) (from + each + (s < longer ? 1 : 0));
            List<Object> slice = new ArrayList<>(items.subList(from, to));
            if (s >= longer && bound.or("fill_with", None.NONE) != None.NONE) {
                slice.add(bound.get("fill_with"));
            }
            all.add(slice);
            from = to;
        }
        return new Once(all.iterator());
    }
}
