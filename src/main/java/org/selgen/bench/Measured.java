package org.selgen.bench;

/**
 * One measured number.
 *
 * @param part what was measured: one of {@link Benchmark#PARTS}
 * @param name its key in JSON, as {@code train_tokens_per_s}; the unit is its end
 * @param value the number
 * @param meaning in words, with how it was measured
 */
public record Measured(String part, String name, double value, String meaning) {}
