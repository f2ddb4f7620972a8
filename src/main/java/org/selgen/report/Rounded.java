package org.selgen.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
public final class Rounded {
    private static final int DIGITS = 4;
    private static final int LEAST_PLACE = -6;
    private static final int MOST_PLACES = 16;

    private Rounded() {}

    /** A value as text; of a fraction four digits that count, or all before the point. */
    public static String of(Object value) {
        boolean fraction = value instanceof Double || value instanceof Float;
        if (!fraction || !Double.isFinite(((Number) value).doubleValue())) {
            return String.valueOf(value);
        }
        BigDecimal exact = new BigDecimal(String.valueOf(value));
        int before = exact.precision() - exact.scale();
        BigDecimal near = exact.round(new MathContext(Math.max(DIGITS, before))).stripTrailingZeros();
        return before > LEAST_PLACE && before < MOST_PLACES ? near.toPlainString() : near.toString();
    }
}
