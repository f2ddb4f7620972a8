package org.selgen.lm;

/**
 * Llama 3's stretched rotary frequencies: wavelengths longer than {@code originalPositions / lowFreqFactor} are slowed
 * down {@code factor} times, those shorter than {@code originalPositions / highFreqFactor} stay, and between the two a
 * straight line joins them.
 *
 * @param originalPositions the context length before stretching, in tokens
 */
public record RopeScaling(double factor, double lowFreqFactor, double highFreqFactor, int originalPositions) {}
