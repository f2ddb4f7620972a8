package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;
import org.selgen.data.LakeInUse;
import org.selgen.file.Fingerprint;

/** A folder here, and a place that only Hadoop knows: the same laws. */
class StorageTest {
    private static final String AWAY = "viewfs://test/lakes/";

    @TempDir
    Path here;

    @BeforeAll
    static void spark() {
        LocalSpark.session();
    }

    private Storage depot(String where) {
        return Storage.of(where.equals("here") ? here.toString() : where + UUID.randomUUID());
    }

    private Path filled(Storage place, String text) throws IOException {
        Path draft = place.staging();
        Files.createDirectories(draft.resolve("below"));
        Files.writeString(draft.resolve("a"), text);
        Files.writeString(draft.resolve("below/b"), text);
        return draft;
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", AWAY})
    void aFolderThatIsPutReplacesWhatWasThere(String where) throws IOException {
        Storage place = depot(where).at("adapters/one");
        place.put(filled(place, "old"));
        Path draft = filled(place, "new");
        Files.writeString(draft.resolve("c"), "more");
        place.put(draft);
        assertThat(place.names()).containsExactly("a", "below", "c");
        assertThat(place.at("below/b").text()).contains("new");
        assertThat(Files.readString(place.localCopy("").resolve("a"))).isEqualTo("new");
        assertThat(draft).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", AWAY})
    void aTextIsReplacedWhole(String where) throws IOException {
        Storage text = depot(where).at("version");
        assertThat(text.text()).isEmpty();
        text.write("1\n");
        text.write("2\n");
        assertThat(text.text()).contains("2\n");
        text.delete();
        assertThat(text.exists()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", AWAY})
    void whatIsSavedIsThereWhenItIsOpenedAgain(String where) throws IOException {
        Storage place = depot(where).at("checkpoints/t");
        Path work = place.open();
        Files.createDirectories(work.resolve("task"));
        Files.writeString(work.resolve("task/step-1"), "1");
        place.save(work);
        Files.delete(work.resolve("task/step-1"));
        Files.writeString(work.resolve("task/step-2"), "2");
        place.save(work);
        Path again = place.open();
        try (Stream<Path> files = Files.list(again.resolve("task"))) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly("step-2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", AWAY})
    void aFolderThatIsSentStaysWhereItWas(String where) throws IOException {
        Storage place = depot(where).at("model");
        Path folder = filled(depot("here").at("own"), "weights");
        place.send(folder);
        assertThat(Fingerprint.ofFolder(place.localCopy(""))).isEqualTo(Fingerprint.ofFolder(folder));
    }

    @Test
    void aFolderElsewhereIsFetchedOnceAndOnlyWithTheRightContents() throws IOException {
        Storage place = depot(AWAY).at("models/small");
        place.put(filled(place, "weights"));
        String hash = Fingerprint.ofFolder(place.localCopy(""));
        Path copy = place.localCopy(hash);
        assertThat(place.localCopy(hash)).isEqualTo(copy);
        assertThatThrownBy(() -> place.localCopy("0123456789ab"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("models/small has not the contents with fingerprint 0123456789ab");
    }

    @Test
    void aFileLostOrCutInTheCacheIsFetchedAgain() throws IOException {
        Storage place = depot(AWAY).at("models/lost");
        place.put(filled(place, "weights"));
        String hash = Fingerprint.ofFolder(place.localCopy(""));
        Files.delete(file(place.localCopy(hash)));
        assertThat(Fingerprint.ofFolder(place.localCopy(hash))).isEqualTo(hash);
        Files.write(file(place.localCopy(hash)), new byte[0]);
        assertThat(Fingerprint.ofFolder(place.localCopy(hash))).isEqualTo(hash);
    }

    private static Path file(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void aMissingModelIsNamedWithTheMachine() {
        assertThatThrownBy(() -> Storage.of("/nowhere/model").localCopy(""))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no folder /nowhere/model on ")
                .hasMessageContaining("all machines see");
    }

    private static Lock taken(Storage root, Clock clock) throws IOException {
        return Lock.take(root, clock, LockWait.NONE, late -> {});
    }

    @Test
    void onlyOneMayWriteALakeElsewhereUntilItIsSilentForAMinute() throws IOException {
        Storage root = depot(AWAY);
        Clock later = Clock.offset(Clock.systemUTC(), LeaseFolder.SILENCE.plusSeconds(5));
        try (Lock held = taken(root, Clock.systemUTC())) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> taken(root, Clock.systemUTC()))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(root.uri() + " is being written by process "
                            + ProcessHandle.current().pid());
            taken(root, later).close();
        }
        taken(root, Clock.systemUTC()).close();
        assertThat(root.names()).isEqualTo(List.of("lease"));
    }

    @FunctionalInterface
    private interface Write {
        void to(Storage place) throws IOException;
    }

    @Test
    void whoLostALakeElsewherePlacesAndDeletesNothingThere() throws IOException {
        Storage root = depot(AWAY);
        Clock later = Clock.offset(Clock.systemUTC(), LeaseFolder.SILENCE.plusSeconds(5));
        try (Lock held = taken(root, Clock.systemUTC())) {
            Storage mine = root.behind(held.fence()).at("place");
            mine.at("text").write("before");
            Path work = mine.open();
            Files.writeString(work.resolve("more"), "after");
            try (Lock other = taken(root, later)) {
                assertThat(other).isNotNull();
                for (Write write : List.<Write>of(
                        place -> place.at("text").write("after"),
                        place -> place.at("text").delete(),
                        place -> place.renameTo(root.at("elsewhere")),
                        place -> place.at("folder").put(filled(place, "after")),
                        place -> place.at("folder").send(filled(depot("here").at("own"), "after")),
                        place -> place.save(work))) {
                    for (Storage place : List.of(mine, travelled(mine))) {
                        assertThatThrownBy(() -> write.to(place))
                                .isInstanceOf(LakeInUse.class)
                                .hasMessageContaining(root.uri() + " was taken over by process ");
                    }
                }
            }
        }
        assertThat(root.at("place").names())
                .filteredOn(name -> !name.startsWith("_"))
                .isEqualTo(List.of("text"));
        assertThat(root.at("place/text").text()).contains("before");
    }

    /** As an executor gets it. */
    private static Storage travelled(Storage place) {
        return SerializationUtils.roundtrip((HadoopStorage) place);
    }
}
