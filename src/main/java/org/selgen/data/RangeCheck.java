package org.selgen.data;

/** Checks of numbers that a user gives; the refusal names the key, its value, the bound and the mend. */
public final class RangeCheck {
    private RangeCheck() {}

    /** Refuses a value below the bound, NaN and infinity. */
    public static void atLeast(double bound, double value, String key) {
        if (!(value >= bound) || Double.isInfinite(value)) {
            throw new BadInput(key + " is " + number(value) + " but must be at least " + number(bound) + "; change it");
        }
    }

    /** Refuses a value outside [low, high]. */
    public static void within(double low, double high, double value, String key) {
        if (!(value >= low && value <= high)) {
            throw new BadInput(key + " is " + number(value) + " but must be between " + number(low) + " and "
                    + number(high) + "; change it");
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
