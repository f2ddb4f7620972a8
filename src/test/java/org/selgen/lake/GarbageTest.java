package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Run;
import org.selgen.lake.Garbage.Folder;

/** What deletions take and leave, in a lake of four runs. */
@Tag("slow")
class GarbageTest {
    private static final Path LAKE = Path.of("src/test/resources/lakes/version-1/lake");
    private static final String DRAFT = "_0123456789ab-" + UUID.randomUUID();
    private static final Instant NEVER = Instant.EPOCH;

    @TempDir
    static Path once;

    private static Map<String, List<String>> undisturbed;

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeAll
    static void deleteUndisturbed() throws IOException {
        Lake lake = copy(once);
        Run run = run(lake);
        Map<String, List<String>> before = all(lake);
        new RunContents(lake).delete(List.of(run.id()));
        undisturbed = all(lake);
        before.forEach((name, rows) -> {
            List<String> others =
                    rows.stream().filter(row -> !row.contains(run.id())).toList();
            assertThat(undisturbed.getOrDefault(name, List.of())).as(name).isEqualTo(others);
        });
        assertThat(before.get("judgements"))
                .hasSizeGreaterThan(undisturbed.get("judgements").size());
    }

    @BeforeEach
    void copy() throws IOException {
        lake = copy(folder.resolve("lake"));
    }

    private static Lake copy(Path folder) throws IOException {
        FileUtils.copyDirectory(LAKE.toFile(), folder.toFile());
        return Lake.create(LocalSpark.session(), folder);
    }

    private static Run run(Lake lake) {
        return lake.runs().read(run -> run.method().equals("o-lora")).get(0);
    }

    private static Garbage garbage(Lake lake) throws IOException {
        return GarbageSearch.find(lake, run -> List.of(), NEVER);
    }

    @Test
    void aLakeWhoseRunsAreWholeHasNoGarbage() throws IOException {
        assertThat(garbage(lake)).isEqualTo(new Garbage(List.of(), Map.of(), Set.of(), List.of(), List.of()));
    }

    @Test
    void aDeletedRunLeavesNoGarbage() throws IOException {
        new RunContents(lake).delete(List.of(run(lake).id()));
        assertThat(garbage(lake).folders()).isEmpty();
        assertThat(garbage(lake).rows()).isEmpty();
    }

    /** A table fails in the middle, as a killed process would end there; what had its row is gone, and nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"steps", "judgements", "scores"})
    void aDeletionThatEndsHalfWayIsCompleted(String table) throws IOException {
        Path log = lake.root().resolve("delta").resolve(table).resolve("_delta_log");
        Path damage = log.resolve("00000000000000009999.json");
        String id = run(lake).id();
        Files.writeString(damage, "no version");
        assertThatThrownBy(() -> new RunContents(lake).delete(List.of(id))).isNotNull();
        Files.delete(damage);
        assertThat(lake.runs().read()).extracting(Run::id).doesNotContain(id).hasSize(3);
        assertThat(all(lake)).isNotEqualTo(undisturbed);
        garbage(lake).from(lake);
        assertThat(all(lake)).isEqualTo(undisturbed);
    }

    @Test
    void aDeletionThatEndsAfterTheRowIsCompletedThoughTheAdapterIsYoung() throws IOException {
        lake.runs().delete(functions.col("id").equalTo(run(lake).id()));
        garbage(lake).from(lake);
        assertThat(all(lake)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "viewfs://test/lakes/"})
    void whatAStoppedTrainingMayGoOnFromStaysUntilItIsOld(String where) throws IOException {
        Lake empty = Lake.create(
                LocalSpark::session,
                Storage.of(where.equals("here") ? folder.resolve("empty").toString() : where + UUID.randomUUID()));
        empty.checkpoints().at("0123456789ab/task/step-1").write("1");
        empty.adapters().at("123456789abc/adapter").write("22");
        empty.artefacts().at("23456789abcd/adapter").write("333");
        empty.adapters().at("mine/adapter").write("4444");
        empty.adapters().at(DRAFT + "/adapter").write("55555");
        empty.report("toy").at("index.html").write("666666");
        Garbage now = garbage(empty);
        assertThat(now.folders()).extracting(Folder::path).containsExactly("adapters/" + DRAFT);
        assertThat(now.folders().get(0).use().bytes()).isEqualTo(5);
        assertThat(now.kept())
                .extracting(Folder::path)
                .containsExactlyInAnyOrder(
                        "checkpoints/0123456789ab", "adapters/123456789abc", "artefacts/23456789abcd", "adapters/mine");
        GarbageSearch.find(empty, run -> List.of(), Instant.now().plus(1, ChronoUnit.DAYS))
                .from(empty);
        assertThat(empty.checkpoints().names()).isEmpty();
        assertThat(empty.artefacts().names()).isEmpty();
        assertThat(empty.adapters().names()).containsExactly("mine");
        assertThat(empty.report("toy").names()).containsExactly("index.html");
    }

    @Test
    void checkpointsOfAnEndedTrainingGoAndAnArtefactThatARunNeedsStays() throws IOException {
        String id = run(lake).id();
        String artefact = "23456789abcd";
        lake.checkpoints().at(id + "/step-1").write("1");
        lake.checkpoints().at(artefact + "/step-1").write("1");
        lake.artefacts().at(artefact + "/adapter").write("1");
        Garbage found = GarbageSearch.find(
                lake,
                run -> run.id().equals(id) ? List.of(artefact) : List.of(),
                Instant.now().plus(1, ChronoUnit.DAYS));
        assertThat(found.folders())
                .extracting(Folder::path)
                .containsExactlyInAnyOrder("checkpoints/" + id, "checkpoints/" + artefact);
    }

    @Test
    void rowsAndVerdictsThatWaitForTheirTableStayAndWhatNobodyAddsGoes() throws IOException {
        String id = run(lake).id();
        lake.storage().at("parts/generations/" + id + "-0/_SUCCESS").write("");
        lake.storage().at("parts/generations/" + id + "-64/part").write("1");
        lake.storage().at("parts/generations/0123456789ab-0/_SUCCESS").write("");
        lake.storage().at("verdicts/paid.jsonl").write("+\n{\"run\":\"" + id + "\"}\n{\"run\":\"0123456789ab\"}\n");
        lake.storage().at("verdicts/gone.jsonl").write("{\"run\":\"0123456789ab\"}\n");
        garbage(lake).from(lake);
        assertThat(lake.storage().at("parts/generations").names()).containsExactly(id + "-0");
        assertThat(lake.storage().at("verdicts").names()).containsExactly("paid.jsonl");
        assertThat(garbage(lake).kept())
                .extracting(Folder::path)
                .containsExactly("parts/generations/" + id + "-0", "verdicts/paid.jsonl");
        Instant later = Instant.now().plus(1, ChronoUnit.DAYS);
        assertThat(GarbageSearch.find(lake, run -> List.of(), later).folders())
                .extracting(Folder::path)
                .containsExactly("parts/generations/" + id + "-0");
    }

    @Test
    void whatOnlyOldVersionsNeedGoesAndTheNewestReadsTheSame() throws IOException {
        lake.steps().delete(functions.col("run").equalTo(run(lake).id()));
        assertThat(garbage(lake).old()).as("a young version").isEmpty();
        Lake aged = aged(folder.resolve("aged"));
        Map<String, List<String>> rows = all(aged);
        Storage steps = Storage.of(aged.steps().path());
        List<String> files = steps.names();
        Set<String> named = TableSnapshot.newest(steps).names().keySet();
        List<String> old = files.stream()
                .filter(name -> name.endsWith(".parquet") && !named.contains(name))
                .toList();
        Garbage found = garbage(aged);
        assertThat(found.lines()).anyMatch(line -> line.startsWith("goes: " + old.size() + " files of steps ("));
        assertThat(steps.names()).as("before --yes").isEqualTo(files);
        found.from(aged);
        assertThat(steps.names()).doesNotContainAnyElementsOf(old).containsAll(named);
        assertThat(all(aged)).isEqualTo(rows);
    }

    /** The lake's copy, in which all was written and removed long ago. */
    private Lake aged(Path copy) throws IOException {
        FileUtils.copyDirectory(
                lake.root().toFile(), copy.toFile(), file -> !file.getName().endsWith(".crc"));
        for (File file : FileUtils.listFiles(copy.resolve("delta").toFile(), null, true)) {
            if (file.getName().endsWith(".json")) {
                String log = Files.readString(file.toPath());
                Files.writeString(file.toPath(), log.replaceAll("deletionTimestamp\":\\d+", "deletionTimestamp\":1"));
            }
            assertThat(file.setLastModified(1_000_000_000_000L)).isTrue();
        }
        return Lake.create(LocalSpark.session(), copy);
    }

    /** Rows of every table of runs, and files of adapters, as sorted texts. */
    private static Map<String, List<String>> all(Lake lake) throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        Stream.of(
                        lake.runs(),
                        lake.steps(),
                        lake.generations(),
                        lake.likelihoods(),
                        lake.judgements(),
                        lake.scores(),
                        lake.leaks(),
                        lake.proximity(),
                        lake.tasks())
                .forEach(table -> all.put(
                        table.name(),
                        table.read().stream().map(Record::toString).sorted().toList()));
        Predicate<Path> file = Files::isRegularFile;
        try (Stream<Path> files = Files.walk(lake.root())) {
            all.put(
                    "files",
                    files.filter(file.and(each -> !each.startsWith(lake.root().resolve("delta"))))
                            .map(each -> lake.root().relativize(each).toString())
                            .sorted()
                            .toList());
        }
        return all;
    }
}
