package org.selgen.source;

import java.util.HashSet;
import java.util.List;
import org.selgen.data.BadInput;

/** Bounds of a dataset's knobs. */
final class Knob {
    private Knob() {}

    static void between(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw outside(name, value, "between " + low + " and " + high);
        }
    }

    static void atLeast(String name, int value, int low) {
        if (value < low) {
            throw outside(name, value, "at least " + low);
        }
    }

    /** A share is a number in [0, 1]. */
    static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw outside(name, value, "between 0.0 and 1.0");
        }
    }

    /** At least one name, each known and none twice. */
    static void chosen(String name, List<String> values, List<String> known) {
        if (values.isEmpty()) {
            throw new BadInput(name + " is empty; name some of " + String.join(", ", known) + " in conf/datasets.yaml");
        }
        for (String value : values) {
            oneOf(name, value, known);
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw outside(name, values, "without repetition");
        }
    }

    static void oneOf(String name, String value, List<String> known) {
        if (!known.contains(value)) {
            throw outside(name, "'" + value + "'", "one of " + String.join(", ", known));
        }
    }

    static void named(String name, String value) {
        if (value.isBlank()) {
            throw new BadInput(name + " is blank; name it in conf/datasets.yaml");
        }
    }

    private static BadInput outside(String name, Object value, String bound) {
        return new BadInput(name + " is " + value + " but must be " + bound + "; change it in conf/datasets.yaml");
    }
}
