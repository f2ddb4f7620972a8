package org.selgen.report;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Interval;

/** Numbers as the report prints them. */
final class NumberFormats {
    private NumberFormats() {}

    /** Two decimals. */
    static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Two decimals, or a dash where there is no number. */
    static String two(@Nullable Double value) {
        return value == null ? "\u2013" : two(value.doubleValue());
    }

    /** {@code 0.95 ± 0.01}: mean and standard error over seeds. */
    static String mean(Extent extent) {
        String mean = two(extent.mean().mean());
        return extent.mean().sem().isPresent()
                ? mean + " \u00b1 " + two(extent.mean().sem().getAsDouble())
                : mean;
    }

    /** {@code [0.90, 0.98]}, or a dash where there is none. */
    static String interval(Optional<Interval> interval) {
        return interval.map(i -> "[" + two(i.low()) + ", " + two(i.high()) + "]")
                .orElse("\u2013");
    }

    /** {@code [−0.10, +0.03]}, or a dash where there is none. */
    static String signed(Optional<Interval> interval) {
        return interval.map(i -> "[" + signed(i.low()) + ", " + signed(i.high()) + "]")
                .orElse("\u2013");
    }

    /** Two decimals, or a dash where there is no number. */
    static String two(OptionalDouble value) {
        return value.isPresent() ? two(value.getAsDouble()) : "\u2013";
    }

    /** Two decimals with a sign, {@code 0.00} without. */
    static String signed(double value) {
        String text = two(Math.abs(value));
        return text.equals("0.00") ? text : (value < 0 ? "\u2212" : "+") + text;
    }
}
