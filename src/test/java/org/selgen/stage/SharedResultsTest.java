package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.experiment.conf.Yaml;
import org.selgen.stage.results.ComparedExperiment;
import org.selgen.stage.results.ExperimentComparison;
import org.selgen.stage.share.Bundle;

/** Results that leave a lake: comparisons, bundles, logs of Inspect. */
@Tag("slow")
class SharedResultsTest {
    @TempDir
    static Path once;

    private static TestExperiment experiment;
    private static Stages done;

    @BeforeAll
    static void doAll() throws IOException {
        experiment = ToyLake.lay(once);
        done = experiment.stages("lake", new ToyEngine(), new StringWriter());
        TestExperiment.all(done);
    }

    private static ComparedExperiment compared(String setting) throws IOException {
        return new ComparedExperiment(done.context(), Yaml.tree(experiment.file(), List.of()), setting);
    }

    /** The command's numbers are the tables'. */
    @Test
    void comparingASettingWithStandardGivesTheRowOfTheScores() throws IOException {
        ExperimentComparison comparison = new ExperimentComparison(compared("standard"), compared("kl-penalty,beta=1"));
        StringWriter said = new StringWriter();
        RowFormat.TABLE.print(comparison.changes(), new PrintWriter(said));
        assertThat(said).hasToString("changes: none\n\n");
        String run = done.context().runs().get(3).id();
        Map<String, Score> scores = done
                .context()
                .lake()
                .scores()
                .read(score -> score.run().equals(run))
                .stream()
                .filter(score -> score.label().equals(Score.ALL))
                .collect(Collectors.toMap(Score::metric, score -> score));
        assertThat(comparison.differences().rows()).hasSize(2).allSatisfy(row -> {
            Score score = Objects.requireNonNull(scores.get(row.get(2) + "-minus-standard"));
            assertThat(row.subList(7, 12))
                    .containsExactly(
                            score.value(),
                            score.meanLow(),
                            score.meanHigh(),
                            score.meanQuestionsLow(),
                            score.meanQuestionsHigh());
            assertThat(row.get(6)).isEqualTo(scores.get(row.get(2)).value());
        });
        assertThatThrownBy(() -> new ExperimentComparison(compared("mixed"), compared("standard")).differences())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("choose one of: base; standard; kl-penalty,beta=0.1; kl-penalty,beta=1");
    }

    @Test
    void aBundleHasEveryFileWithItsHashAndIsTheSameTwice(@TempDir Path folder) throws IOException {
        for (Run run : done.context().runs()) {
            if (!run.adapter().isEmpty()) {
                Path adapter = once.resolve("lake").resolve(run.adapter());
                Files.createDirectories(adapter);
                Files.writeString(adapter.resolve("adapter_config.json"), "{}");
            }
        }
        for (String name : List.of("a.zip", "b.zip")) {
            new Bundle(done.context(), "name: toy", "mit", line -> {}).write(folder.resolve(name));
        }
        assertThat(folder.resolve("a.zip")).hasSameBinaryContentAs(folder.resolve("b.zip"));
        try (ZipFile zip = new ZipFile(folder.resolve("a.zip").toFile())) {
            List<String> manifest = new String(
                            zip.getInputStream(zip.getEntry("toy/MANIFEST.sha256"))
                                    .readAllBytes(),
                            StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(manifest).hasSize(zip.size() - 1);
            for (String line : manifest) {
                assertThat(DigestUtils.sha256Hex(zip.getInputStream(zip.getEntry("toy/" + line.substring(66)))))
                        .isEqualTo(line.substring(0, 64));
            }
            assertThat(manifest.stream().filter(line -> line.endsWith("/README.md")))
                    .hasSize(3);
            assertThat(manifest.toString())
                    .contains("report/index.html", "tables/settings.tex", "figures/frontier.pdf");
        }
    }

    @Test
    void aReportSaysWithWhatItWasMade() {
        assertThat(once.resolve("lake/report/toy/tables/facts.csv"))
                .content()
                .containsPattern("made with,\"?Java 17\\S*, Spark 3\\.5\\S*, Delta 3\\.\\S*, PyTorch 2\\.");
    }

    @Test
    void everyAnswerIsASampleOfItsRunsLog() throws IOException {
        done.inspect();
        try (Stream<Path> logs = Files.list(once.resolve("lake/report/toy/inspect"))) {
            assertThat(logs).hasSize(4).allSatisfy(log -> {
                try (ZipFile zip = new ZipFile(log.toFile())) {
                    assertThat(zip.stream().filter(entry -> entry.getName().startsWith("samples/")))
                            .hasSize(12);
                }
            });
        }
    }
}
