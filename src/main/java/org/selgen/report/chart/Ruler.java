package org.selgen.report.chart;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Values on a line of a picture.
 *
 * @param low value at its beginning
 * @param high value at its end
 * @param from pixel of its beginning
 * @param to pixel of its end
 */
record Ruler(double low, double high, double from, double to) {
    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** Round values with a step of 1, 2 or 5 times a power of ten, at most so many. */
    List<Double> ticks(int most) {
        BigDecimal step = step(most);
        int first = (int) Math.ceil(low / step.doubleValue() - 1e-9);
        int last = (int) Math.floor(high / step.doubleValue() + 1e-9);
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> step.multiply(BigDecimal.valueOf(i)).doubleValue())
                .toList();
    }

    private BigDecimal step(int most) {
        BigDecimal ten = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10((high - low) / most)));
        for (int factor : new int[] {1, 2, 5, 10}) {
            BigDecimal step = ten.multiply(BigDecimal.valueOf(factor));
            if ((high - low) / step.doubleValue() <= most) {
                return step;
            }
        }
        return ten.scaleByPowerOfTen(2);
    }
}
