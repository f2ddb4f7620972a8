package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Run;
import org.selgen.file.ProcessLock;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import picocli.CommandLine;

/** The verbs runs and gc, on a lake of four runs. */
@Tag("slow")
class RetentionTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Lake lake;

    @BeforeEach
    void copy() throws IOException {
        FileUtils.copyDirectory(
                Path.of("src/test/resources/lakes/version-1/lake").toFile(), folder.toFile());
        lake = Lake.open(LocalSpark.session(), folder);
    }

    @Test
    void listShowsEveryRunAndItsScores() {
        assertThat(run("runs", "list")).isZero();
        assertThat(out.toString().lines())
                .hasSize(2 + 4)
                .anySatisfy(line ->
                        assertThat(line).matches(id("safe-lora") + "  safe-lora  layers=1.*finished.* [kM]B .*"));
    }

    @Test
    void showNamesWhatARunNeedsAndWhatNeedsIt() {
        assertThat(run("runs", "show", id("standard").substring(0, 6))).isZero();
        assertThat(out.toString())
                .contains(id("standard") + " (standard seed=0) finished")
                .contains("is needed by " + id("safe-lora") + " (safe-lora ")
                .contains("rows of steps", "rows of judgements", "adapters/" + id("standard") + ", ");
        assertThat(run("runs", "show", "zz")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no run 'zz'", "'selgen runs list' lists them");
    }

    @Test
    void aRunThatAnotherNeedsIsNotDeletedAlone() throws IOException {
        List<String> before = files();
        assertThat(run("runs", "delete", id("standard"), "--yes")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("selgen: run " + id("standard") + " (standard seed=0) is needed by " + id("safe-lora"));
        assertThat(files()).isEqualTo(before);
        assertThat(run("runs", "delete", id("standard"), id("safe-lora"), "--yes"))
                .isZero();
        assertThat(lake.runs().read()).extracting(Run::method).containsExactlyInAnyOrder("base", "o-lora");
    }

    @Test
    void withoutYesNothingIsTouchedAndAllIsSaid() throws IOException {
        List<String> before = files();
        assertThat(run("runs", "delete", id("o-lora"))).isZero();
        assertThat(run("gc", "--older=0")).isZero();
        assertThat(files()).isEqualTo(before);
        assertThat(out.toString())
                .contains("goes: run " + id("o-lora"), "goes: 1 rows of runs", "rows of generations")
                .contains("goes: adapters/" + id("o-lora"))
                .contains("nothing is deleted; --yes deletes it");
    }

    @Test
    void aLakeInUseIsNotSwept() throws IOException {
        List<String> before = files();
        try (ProcessLock held = ProcessLock.tryTake(folder.resolve("lock")).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(run("gc", "--yes")).isEqualTo(3);
            assertThat(run("runs", "delete", id("o-lora"), "--yes")).isEqualTo(3);
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aFolderThatIsNoLakeIsRefused() throws IOException {
        Files.delete(folder.resolve("version"));
        assertThat(run("gc", "--yes")).isEqualTo(2);
        assertThat(err.toString()).startsWith("selgen: there is no lake in " + folder);
    }

    private String id(String method) {
        return lake.runs().read(run -> run.method().equals(method)).get(0).id();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith("lock"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private int run(String... words) {
        CommandLine command = Main.command();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(Stream.concat(Stream.of(words), Stream.of("--lake", folder.toString()))
                .toArray(String[]::new));
    }
}
