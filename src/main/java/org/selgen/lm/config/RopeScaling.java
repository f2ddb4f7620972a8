package org.selgen.lm.config;

/**
 * Llama 3's scaled rotary frequencies. Frequencies with wavelengths longer than {@code originalPositions /
 * lowFreqFactor} are divided by {@code factor}, those shorter than {@code originalPositions / highFreqFactor} stay, and
 * those between are interpolated linearly.
 *
 * @param originalPositions the context length before scaling, in tokens
 */
public record RopeScaling(double factor, double lowFreqFactor, double highFreqFactor, int originalPositions) {}
