package org.selgen.job;

import org.selgen.data.RangeCheck;
import org.selgen.lm.Decoding;
import picocli.CommandLine.Option;

/** How the tokens of an answer are drawn. */
final class DecodingOptions {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "0 takes the likeliest token (default: ${DEFAULT-VALUE}).")
    private float temperature;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Longest answer (default: ${DEFAULT-VALUE}).")
    private int maxTokens = 256;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of the draws.")
    private long seed;

    Decoding decoding() {
        RangeCheck.atLeast(1, maxTokens, "--max-tokens");
        RangeCheck.atLeast(0, temperature, "--temperature");
        return new Decoding(temperature, 1, maxTokens, 1, seed);
    }
}
