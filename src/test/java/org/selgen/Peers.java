package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Programs of others, in Python, that stand before what we serve or have written. */
public final class Peers {
    private static final int CANNOT_BE_HAD = 77;

    private Peers() {}

    /** What a script of {@code src/test/interop} says; where it cannot be run, the test ends as not run. */
    public static String said(String name, String... arguments) throws IOException, InterruptedException {
        Process peer = new ProcessBuilder(
                        Stream.concat(Stream.of("bash", "src/test/interop/with", name), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = peer.waitFor();
        assumeTrue(code != CANNOT_BE_HAD, "not run: " + said);
        assertThat(code).as(said).isZero();
        return said;
    }
}
