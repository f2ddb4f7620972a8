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
import org.selgen.data.Judgement;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Storage;
import picocli.CommandLine;

/** The verb lake, on a lake of the first version. */
@Tag("slow")
class LakeVerbsTest {
    private static final String OLD = "src/test/resources/lakes/version-1/lake";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path place;
    private Lake lake;

    @BeforeEach
    void copy() throws IOException {
        place = folder.resolve("lake");
        FileUtils.copyDirectory(Path.of(OLD).toFile(), place.toFile());
        lake = Lake.open(LocalSpark.session(), place);
    }

    @Test
    void anUpgradeGivesEveryTableItsColumnsOnceAndChangesNoRow() throws IOException {
        List<Run> runs = lake.runs().read();
        List<Score> scores = lake.scores().read();
        assertThat(LocalSpark.session()
                        .read()
                        .format("delta")
                        .load(lake.runs().path())
                        .columns())
                .doesNotContain("recipe");
        assertThat(run("upgrade", "--lake", place.toString())).isZero();
        assertThat(LocalSpark.session()
                        .read()
                        .format("delta")
                        .load(lake.runs().path())
                        .columns())
                .contains("recipe", "revision");
        assertThat(place.resolve("version")).hasContent("2\n");
        assertThat(lake.runs().read()).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(lake.scores().read()).containsExactlyInAnyOrderElementsOf(scores);
        assertThat(run("upgrade", "--lake", place.toString())).isZero();
        assertThat(out.toString().lines()).last().isEqualTo("nothing to do: the lake has this version");
    }

    @Test
    void aCopyBetweenFileSystemsHoldsTheSameRowsAndIsWhole() throws IOException {
        String away = "viewfs://test/lakes/copied";
        Files.createDirectories(place.resolve("verdicts"));
        Files.writeString(place.resolve("verdicts/kind@1.jsonl"), "+\n");
        assertThat(run("copy", place.toString(), away)).isZero();
        Lake copy = Lake.open(LocalSpark::session, Storage.of(away));
        assertThat(copy.judgements().read())
                .containsExactlyInAnyOrderElementsOf(lake.judgements().read());
        String back = folder.resolve("back").toString();
        assertThat(run("copy", away, back)).isZero();
        assertThat(run("check", "--lake", back)).isZero();
        assertThat(Path.of(back, "verdicts/kind@1.jsonl")).hasContent("+\n");
        assertThat(run("copy", away, back)).isEqualTo(2);
        assertThat(err.toString()).startsWith("selgen: " + back + " is not empty");
    }

    @Test
    void aCheckNamesRowsAdaptersAndLeftoversThatShouldNotBe() throws IOException {
        assertThat(run("check", "--lake", place.toString())).isZero();
        Judgement one = lake.judgements().read().get(0);
        lake.judgements()
                .append(LocalSpark.session()
                        .read()
                        .format("delta")
                        .load(lake.judgements().path())
                        .limit(1)); // the same key again
        lake.judgements()
                .put(List.of(
                        new Judgement("gone", "toy", "never", 0, one.decoding(), one.rubric(), "none", null, "", "")));
        Path adapter = place.resolve(
                lake.runs().read(run -> !run.adapter().isEmpty()).get(0).adapter());
        Files.writeString(adapter.resolve("adapter_model.safetensors"), "cut");
        Files.createDirectories(place.resolve("checkpoints/0123456789ab"));
        assertThat(run("check", "--lake", place.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("wrong: table judgements has several rows of one key: ")
                .contains("wrong: table judgements has rows of runs that have none in the table runs: gone;")
                .contains("wrong: table judgements has rows of questions that were never prepared: [toy,never];")
                .contains("wrong: run " + adapter.getFileName() + " has an adapter that cannot be loaded: ")
                .contains("leftover: checkpoints/0123456789ab")
                .contains("4 things are wrong; 1 leftovers");
    }

    @Test
    void aCheckNamesPartsAndJournalsThatCannotBeRead() throws IOException {
        String run = lake.runs().read().get(0).id();
        for (String part : List.of(run + "-0", run + "-64")) {
            Path files =
                    Files.createDirectories(place.resolve("parts/generations").resolve(part));
            Files.writeString(files.resolve("part-0.parquet"), "cut");
        }
        Files.writeString(place.resolve("parts/generations").resolve(run + "-0/_SUCCESS"), "");
        Files.createDirectories(place.resolve("verdicts"));
        Files.writeString(place.resolve("verdicts/kind@1.jsonl"), "+\n{\"run\nx");
        assertThat(run("check", "--lake", place.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("wrong: " + place.resolve("parts/generations/" + run + "-0") + " cannot be read (")
                .contains("wrong: line 2 of " + place.resolve("verdicts/kind@1.jsonl") + " is no verdict; ")
                .contains("leftover: parts/generations/" + run + "-64 (3 bytes): a draft of a task that is gone")
                .contains("2 things are wrong; 2 leftovers");
    }

    @Test
    void aCheckNamesTheFilesThatATableLacks() throws IOException {
        Path table = place.resolve("delta/generations");
        try (Stream<Path> files = Files.list(table)) {
            Files.delete(files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(run("check", "--lake", place.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("wrong: table generations lacks 1 of its files: part-");
    }

    private int run(String... words) {
        CommandLine command = Main.command();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(
                Stream.concat(Stream.of("lake"), Stream.of(words)).toArray(String[]::new));
    }
}
