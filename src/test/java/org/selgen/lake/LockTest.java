package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;

class LockTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-05-06T07:08:09Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void aSecondWriterIsToldWhoTheFirstIs() throws IOException {
        try (Lock first = Lock.take(folder, CLOCK)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> Lock.take(folder, CLOCK))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("is being written by process "
                            + ProcessHandle.current().pid())
                    .hasMessageContaining("since 2024-05-06T07:08:09Z; wait");
        }
    }

    @Test
    void aLockGivenBackCanBeTaken() throws IOException {
        Lock.take(folder, CLOCK).close();
        Lock.take(folder, CLOCK).close();
        assertThat(folder.resolve("lock")).exists();
    }

    @Test
    void anotherProcessIsRefusedUntilThisOneGivesTheLockBack() throws Exception {
        try (Lock held = Lock.take(folder, CLOCK)) {
            assertThat(held).isNotNull();
            assertThat(taker()).isEqualTo(2);
        }
        assertThat(taker()).isZero();
    }

    /** Exit code of a process that tries to take the lock. */
    private int taker() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return other.exitValue();
    }

    /** Takes the lock and ends. */
    static final class Taker {
        public static void main(String[] folder) throws IOException {
            try {
                Lock.take(Path.of(folder[0]), CLOCK).close();
            } catch (BadInput refused) {
                System.exit(2);
            }
        }
    }
}
