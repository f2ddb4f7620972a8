package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;
import org.selgen.data.LakeInUse;

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

    private Storage lake(String where) {
        return Storage.of(where.equals("here") ? folder.toString() : where + UUID.randomUUID());
    }

    /** What its holder has left. */
    private static List<String> word(Storage lake) throws IOException {
        List<String> names = lake.at("lease").names();
        return names.isEmpty() ? List.of(lake.at("lock").text().orElseThrow()) : names;
    }

    private static LockWait waiting(Duration longest, List<String> told) {
        return new LockWait(longest, Duration.ofMillis(5), told::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "viewfs://test/lakes/"})
    void whoWaitsIsToldOnceWhoWritesAndHasTheLockWhenItIsFree(String where) throws Exception {
        LocalSpark.session();
        Storage lake = lake(where);
        List<String> told = new ArrayList<>();
        CompletableFuture<Lock> second;
        try (Lock first = Lock.take(lake, Clock.systemUTC(), LockWait.NONE, late -> {})) {
            assertThat(first).isNotNull();
            List<String> holder = word(lake);
            second = later(lake, waiting(LockWait.FOREVER, told));
            Thread.sleep(100); // some twenty looks
            assertThat(second).isNotDone();
            assertThat(word(lake)).as("word of the holder").isEqualTo(holder);
        }
        second.get(30, TimeUnit.SECONDS).close();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("waiting for the lake " + lake.uri() + ", which is being written by process "
                        + ProcessHandle.current().pid())
                .contains(" since 20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "viewfs://test/lakes/"})
    void aWaitThatIsOverEndsWithTheSameRefusal(String where) throws IOException {
        LocalSpark.session();
        Storage lake = lake(where);
        List<String> told = new ArrayList<>();
        try (Lock first = Lock.take(lake, Clock.systemUTC(), LockWait.NONE, late -> {})) {
            assertThat(first).isNotNull();
            LakeInUse atOnce = refused(lake, LockWait.NONE);
            assertThat(refused(lake, waiting(Duration.ofMillis(30), told))).hasMessage(atOnce.getMessage());
        }
        assertThat(told).singleElement().asString().contains(", for at most 0 minutes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "viewfs://test/lakes/"})
    void ofManyThatWaitOneAtATimeWrites(String where) throws Exception {
        LocalSpark.session();
        Storage lake = lake(where);
        AtomicInteger writing = new AtomicInteger();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(later(lake, waiting(LockWait.FOREVER, new ArrayList<>())).thenApply(held -> {
                try (held) {
                    int together = writing.incrementAndGet();
                    Thread.sleep(10);
                    writing.decrementAndGet();
                    return together;
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<Integer> each : all) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isOne();
        }
    }

    private static CompletableFuture<Lock> later(Storage lake, LockWait wait) {
        CompletableFuture<Lock> taken = new CompletableFuture<>();
        Thread taker = new Thread(() -> {
            try {
                taken.complete(Lock.take(lake, Clock.systemUTC(), wait, late -> {}));
            } catch (IOException | RuntimeException e) {
                taken.completeExceptionally(e);
            }
        });
        taker.setDaemon(true);
        taker.start();
        return taken;
    }

    private static LakeInUse refused(Storage lake, LockWait wait) {
        return catchThrowableOfType(LakeInUse.class, () -> Lock.take(lake, Clock.systemUTC(), wait, late -> {}));
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
