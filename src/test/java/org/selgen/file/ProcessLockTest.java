package org.selgen.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    Path folder;

    @Test
    void aHeldLockIsNotTakenTwiceAndCanBeTakenAfterItsRelease() throws IOException {
        Path file = folder.resolve("lock");
        try (ProcessLock held = ProcessLock.take(file, () -> {})) {
            held.write("the first holder, with a long name");
            held.write("holder");
            assertThat(ProcessLock.tryTake(file)).isEmpty();
            assertThat(ProcessLock.text(file)).isEqualTo("holder");
        }
        try (ProcessLock held = ProcessLock.tryTake(file).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(ProcessLock.text(file)).isEqualTo("holder");
        }
    }

    @Test
    void theTextCanBeReadWhileTheLockChangesHands() throws Exception {
        Path file = folder.resolve("lock");
        Files.writeString(file, "holder");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> holders = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 30_000; i++) {
                    ProcessLock.take(file, () -> {}).close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                done.set(true);
            }
        });
        while (!done.get()) {
            assertThat(ProcessLock.text(file)).isEqualTo("holder");
        }
        holders.get();
    }

    @Test
    void aSecondThreadWaitsAndSaysSo() throws Exception {
        Path file = folder.resolve("lock");
        CountDownLatch waits = new CountDownLatch(1);
        CompletableFuture<ProcessLock> second;
        try (ProcessLock held = ProcessLock.take(file, () -> {})) {
            assertThat(held).isNotNull();
            second = CompletableFuture.supplyAsync(() -> {
                try {
                    return ProcessLock.take(file, waits::countDown);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            waits.await();
            assertThat(second).isNotDone();
        }
        second.get().close();
    }
}
