package org.selgen.score;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;

/**
 * A quantile of a distribution by its degrees of freedom. It is found by steps, and asked for again and again with few values:
 * what was found is kept.
 */
final class Quantiles {
    private static final int MOST = 10_000;

    private final DoubleUnaryOperator quantile;
    private final Map<Double, Double> known = new ConcurrentHashMap<>();

    /** @param quantile of degrees of freedom; always the same of the same */
    Quantiles(DoubleUnaryOperator quantile) {
        this.quantile = quantile;
    }

    double of(double df) {
        if (known.size() > MOST) {
            known.clear();
        }
        return known.computeIfAbsent(df, quantile::applyAsDouble);
    }
}
