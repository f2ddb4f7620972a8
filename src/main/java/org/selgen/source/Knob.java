package org.selgen.source;

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

    private static BadInput outside(String name, Object value, String bound) {
        return new BadInput(name + " is " + value + " but must be " + bound + "; change it in conf/datasets.yaml");
    }
}
