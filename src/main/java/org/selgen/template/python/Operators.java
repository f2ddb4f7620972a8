package org.selgen.template.python;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Comparisons of values as in Python. */
public final class Operators {
    private Operators() {}

    public static boolean equal(Object one, Object other, StepBudget budget) {
        budget.enter();
        boolean equal = same(one, other, budget);
        budget.leave();
        return equal;
    }

    private static boolean same(Object one, Object other, StepBudget budget) {
        if (Values.isNumber(one) && Values.isNumber(other)) {
            return Arithmetic.compareNumbers(one, other) == 0 && !isNan(one) && !isNan(other);
        }
        if (one instanceof String text && other instanceof String another) {
            budget.characters(Math.min(text.length(), another.length()));
            return text.equals(another);
        }
        if (one == other || (one instanceof Undefined && other instanceof Undefined)) {
            return true;
        }
        if (sequences(one, other)) {
            return sameItems(Values.items(one), Values.items(other), budget);
        }
        if (one instanceof SafeText || other instanceof SafeText) {
            throw Refused.type("a comparison", one instanceof SafeText ? one : other);
        }
        if (!(one instanceof Map && other instanceof Map)) {
            return false;
        }
        Map<Object, Object> first = Values.dict(one);
        Map<Object, Object> second = Values.dict(other);
        return first.size() == second.size()
                && first.entrySet().stream()
                        .allMatch(e ->
                                second.containsKey(e.getKey()) && equal(e.getValue(), second.get(e.getKey()), budget));
    }

    private static boolean sequences(Object one, Object other) {
        return (one instanceof List && other instanceof List) || (one instanceof Tuple && other instanceof Tuple);
    }

    private static boolean sameItems(List<Object> first, List<Object> second, StepBudget budget) {
        if (first.size() != second.size()) {
            return false;
        }
        Iterator<Object> others = second.iterator();
        for (Object item : first) {
            if (!equal(item, others.next(), budget)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNan(Object value) {
        return value instanceof Double number && Double.isNaN(number);
    }

    /** Below 0, 0 or above 0; what has no order is refused. */
    public static int compare(Object one, Object other, StepBudget budget) {
        Undefined.refuse(one);
        Undefined.refuse(other);
        if (Values.isNumber(one) && Values.isNumber(other)) {
            return Arithmetic.compareNumbers(one, other);
        }
        if (one instanceof String text && other instanceof String another) {
            budget.characters(Math.min(text.length(), another.length()));
            return PythonText.compare(text, another);
        }
        if (!sequences(one, other)) {
            throw new Refused("the order of " + TypeName.of(one) + " and " + TypeName.of(other) + " is not defined");
        }
        budget.enter();
        int order = compareItems(Values.items(one), Values.items(other), budget);
        budget.leave();
        return order;
    }

    private static int compareItems(List<Object> first, List<Object> second, StepBudget budget) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            if (!equal(first.get(i), second.get(i), budget)) {
                return compare(first.get(i), second.get(i), budget);
            }
        }
        return Integer.compare(first.size(), second.size());
    }

    /** Python's {@code in}. */
    public static boolean contains(Object whole, Object part, StepBudget budget) {
        if (whole instanceof String text) {
            budget.characters(text.length());
            return Search.first(text, Values.string(part, "what is looked for in a text"), 0) >= 0;
        }
        if (whole instanceof Map) {
            if (Values.isSequence(part) || part instanceof Map) {
                throw Refused.type("looking for a key of a dict", part);
            }
            return Values.dict(whole).containsKey(part);
        }
        for (Iterator<Object> items = Values.iterate(whole, budget); items.hasNext(); ) {
            if (equal(items.next(), part, budget)) {
                return true;
            }
        }
        return false;
    }

    /** The elements in ascending order of their keys; equal ones keep their order. */
    static List<Object> sorted(List<Object> items, List<Object> keys, boolean descending, StepBudget budget) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            order.add(i);
        }
        try {
            order.sort((one, other) -> {
                int by = compare(keys.get(one), keys.get(other), budget);
                return descending ? -by : by;
            });
        } catch (IllegalArgumentException e) { // as with NaN
            throw new Refused("the elements to sort have no order");
        }
        List<Object> sorted = new ArrayList<>();
        order.forEach(i -> sorted.add(items.get(i)));
        return sorted;
    }
}
