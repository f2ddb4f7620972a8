package org.selgen.template.python;

import java.util.Map;

/**
 * What expressions can use in one rendering.
 *
 * @param filters by name
 * @param tests by name
 * @param budget what is left to use
 */
public record Environment(Map<String, Filter> filters, Map<String, Test> tests, StepBudget budget) {
    /** A function behind {@code |}. */
    @FunctionalInterface
    public interface Filter {
        Object apply(Object value, Arguments arguments, Environment environment);
    }

    /** A function behind {@code is}. */
    @FunctionalInterface
    public interface Test {
        boolean holds(Object value, Arguments arguments, Environment environment);
    }

    public Filter filter(String name) {
        Filter filter = filters.get(name);
        if (filter == null) {
            throw new Refused("the filter '" + name + "' is not rendered here");
        }
        return filter;
    }

    public Test test(String name) {
        Test test = tests.get(name);
        if (test == null) {
            throw new Refused("the test '" + name + "' is not rendered here");
        }
        return test;
    }
}
