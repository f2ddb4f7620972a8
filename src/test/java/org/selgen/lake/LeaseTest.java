package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.LakeInUse;
import org.selgen.lake.LeaseFolder.Entry;

/** The right to write where nothing but files can say who has it: on a disk, and in an emulated object store. */
class LeaseTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Clock NOW = Clock.systemUTC();
    private static final Clock LATER = Clock.offset(NOW, Duration.ofHours(2));

    @TempDir
    java.nio.file.Path disk;

    private final ObjectStore objects = new ObjectStore();
    private final BlockingQueue<LakeInUse> lost = new LinkedBlockingQueue<>();

    private LeaseFolder folder(String where) throws IOException {
        if (where.equals("objects")) {
            return new LeaseFolder(objects, new Path("objects://bucket/lake/lease"));
        }
        return onDisk(disk);
    }

    static LeaseFolder onDisk(java.nio.file.Path disk) throws IOException {
        FileSystem files = new RawLocalFileSystem() {
            @Override
            public void setPermission(Path file, FsPermission permission) {} // which starts a process each time
        };
        files.initialize(disk.toUri(), new Configuration(false));
        return new LeaseFolder(files, new Path(disk.resolve("lake/lease").toUri()));
    }

    private LeaseTerms terms(Duration silence, Clock clock) {
        return new LeaseTerms(silence, clock, System::nanoTime, lost::add);
    }

    private Lease take(LeaseFolder folder, String holder, Clock clock) throws IOException {
        return Lease.take(folder, holder, terms(HOUR, clock));
    }

    private static Entry newest(LeaseFolder folder) throws IOException {
        return LeaseFolder.newest(folder.entries()).orElseThrow();
    }

    private Optional<Lease> tried(LeaseFolder folder, CyclicBarrier start) throws Exception {
        start.await();
        try {
            return Optional.of(take(folder, "one of two", NOW));
        } catch (LakeInUse refused) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource({"disk, 100", "objects, 1000"})
    void ofTwoTakersStartedAThousandTimesOneHasItAndItsFileStays(String where, int rounds) throws Exception {
        LeaseFolder folder = folder(where);
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Optional<Lease>> taker = () -> tried(folder, start);
        ExecutorService both = Executors.newFixedThreadPool(2);
        long before = 0;
        try {
            for (int round = 0; round < rounds; round++) {
                List<Lease> holders = new ArrayList<>();
                for (Future<Optional<Lease>> each : both.invokeAll(List.of(taker, taker))) {
                    each.get().ifPresent(holders::add);
                }
                assertThat(holders).as("holders in round %d", round).hasSize(1);
                Lease holder = holders.get(0);
                assertThat(newest(folder).epoch()).isEqualTo(holder.epoch()).isGreaterThan(before);
                holder.check();
                holder.close();
                before = holder.epoch();
            }
        } finally {
            both.shutdownNow();
        }
        assertThat(folder.entries()).as("files left").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "objects"})
    void aHolderThatWasSilentIsTakenOverAndFindsItselfLate(String where) throws IOException {
        LeaseFolder folder = folder(where);
        try (Lease first = take(folder, "the first", NOW);
                Lease second = take(folder, "the second", LATER)) {
            assertThat(second.epoch()).isGreaterThan(first.epoch());
            second.check();
            assertThatThrownBy(first::check)
                    .isInstanceOf(LakeInUse.class)
                    .hasMessageContaining("lake was taken over by the second while this process was paused");
        }
    }

    @Test
    void aHolderThatCouldNotRenewInTimeIsLateThoughNobodyTookOver() throws IOException {
        AtomicLong nanos = new AtomicLong();
        LeaseTerms terms = new LeaseTerms(HOUR, NOW, nanos::get, lost::add);
        try (Lease held = Lease.take(folder("objects"), "it", terms)) {
            nanos.addAndGet(Duration.ofMinutes(49).toNanos());
            held.check();
            nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            assertThatThrownBy(held::check)
                    .isInstanceOf(LakeInUse.class)
                    .hasMessageContaining("ran out")
                    .hasMessageContaining("for 3060 s");
        }
    }

    /** Of a holder that is never late by its own clock, however busy the machine. */
    private LeaseTerms renewing() {
        return new LeaseTerms(SHORT, NOW, () -> 0, lost::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "objects"})
    void aHolderWritesItsFileAnewForAsLongAsItLives(String where) throws Exception {
        LeaseFolder folder = folder(where);
        try (Lease held = Lease.take(folder, "it", renewing())) {
            Entry first = newest(folder);
            for (long before = first.millis(); before < first.millis() + SHORT.toMillis(); ) {
                Thread.sleep(10);
                before = newest(folder).millis();
            }
            held.check();
            assertThat(newest(folder).name()).isEqualTo(first.name());
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void renewalStopsAtOnceAndTouchesNothingWhereAnotherTookOver() throws Exception {
        LeaseFolder folder = folder("objects");
        try (Lease first = Lease.take(folder, "the first", renewing());
                Lease second = take(folder, "the second", LATER)) {
            List<Entry> after = folder.entries();
            assertThat(after).extracting(Entry::epoch).containsExactly(second.epoch());
            assertThat(lost.poll(30, TimeUnit.SECONDS)).hasMessageContaining("taken over by the second");
            Thread.sleep(2 * SHORT.toMillis());
            assertThat(folder.entries()).isEqualTo(after);
            assertThat(lost).as("told once").isEmpty();
            first.close();
            assertThat(folder.entries()).isEqualTo(after);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "objects"})
    void whoGivesBackLateTakesNothingFromAnother(String where) throws IOException {
        LeaseFolder folder = folder(where);
        Lease first = take(folder, "the first", NOW);
        try (Lease second = take(folder, "the second", LATER)) {
            first.close();
            second.check();
            assertThatThrownBy(() -> take(folder, "a third", NOW)).hasMessageContaining("written by the second; wait");
        }
        take(folder, "a third", NOW).close();
    }

    @Test
    void anEpochIsNeverGivenAgainEvenWhereTheFolderWasDeleted() throws IOException {
        Clock stands = Clock.fixed(NOW.instant(), NOW.getZone());
        long last = 0;
        for (int i = 0; i < 3; i++) {
            try (Lease held = take(folder("objects"), "it", stands)) {
                assertThat(held.epoch()).isGreaterThan(last);
                last = held.epoch();
            }
        }
        try (Lease elsewhere = take(folder("disk"), "it", LATER)) { // where nobody was before
            assertThat(elsewhere.epoch()).isGreaterThan(last);
        }
    }

    @Test
    void theHolderSaysItselfHowLongItMayBeSilent() throws IOException {
        LeaseFolder folder = folder("objects");
        try (Lease patient = take(folder, "it", NOW)) {
            Clock soon = Clock.offset(NOW, Duration.ofMinutes(50));
            assertThatThrownBy(() -> Lease.take(folder, "a hasty one", terms(SHORT, soon)))
                    .hasMessageEndingWith("(a killed one's right ends after 3600 s)");
            patient.check();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"want-0", "lock"})
    void whatAnAskingProcessOrAnOlderVersionLeftIsRespectedForAMinute(String name) throws IOException {
        LeaseFolder folder = folder("objects");
        Path file = new Path(name.equals("lock") ? folder.path().getParent() : folder.path(), name);
        try (OutputStream out = folder.files().create(file, true)) {
            out.write("process 7 on old\nX\n".getBytes(StandardCharsets.UTF_8));
        }
        LeaseTerms now = terms(LeaseFolder.SILENCE, NOW);
        assertThatThrownBy(() -> Lease.take(folder, "it", now))
                .hasMessageContaining("written by process 7 on old; wait");
        LeaseTerms later = terms(LeaseFolder.SILENCE, LATER);
        assertThatCode(() -> Lease.take(folder, "it", later).close()).doesNotThrowAnyException();
    }
}
