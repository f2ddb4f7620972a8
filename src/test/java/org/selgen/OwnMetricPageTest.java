package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.conf.Yaml;
import org.selgen.judge.Judge;
import org.selgen.judge.KnownVerdicts;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Storage;
import org.selgen.score.Axis;
import org.selgen.score.Judged;
import org.selgen.score.Scores;
import org.selgen.score.Tallies;

/** The example of the page on judges: a metric of one's own, from its YAML to its figure. */
class OwnMetricPageTest {
    @TempDir
    private Path folder;

    private final List<String> settings = new ArrayList<>();

    @BeforeEach
    void layTheExample() throws IOException {
        long lines = 0;
        for (Pages.Block block : Pages.blocks("yaml")) {
            if (block.page().endsWith("judges.md") && block.text().contains("last-number")) {
                lines += block.text().lines().count();
                if (block.marker().equals("judges")) {
                    TestExperiment.in(folder);
                    Files.writeString(folder.resolve("conf/judges.yaml"), block.text());
                } else {
                    Path part = Files.writeString(folder.resolve("part.yaml"), block.text());
                    JsonNode tree = Yaml.tree(part, List.of());
                    tree.fields().forEachRemaining(field -> settings.add(field.getKey() + "=" + field.getValue()));
                }
            }
        }
        assertThat(lines).as("lines of the example").isBetween(1L, 10L);
    }

    private ExperimentContext open(String... more) throws IOException {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        Path file = TestExperiment.in(folder).file();
        Storage lake = Storage.of(folder.resolve("lake").toString());
        return ExperimentContext.open(Lake.open(LocalSpark::session, lake), file, all); // Spark does not start
    }

    private static ExperimentRows rows(ExperimentContext context) {
        return ExperimentRows.make(context.experiment(), context.catalog(), context.tables());
    }

    /** Of three answers one is right, one wrong, and one has no number: half of those with a number. */
    @Test
    void theExampleCountsWhatItSays() throws IOException {
        ExperimentContext context = open();
        Judge judge = context.catalog().judges().rule("last-number").orElseThrow();
        List<Judged> judged = new ArrayList<>();
        for (Question question : rows(context).questions().get("test")) {
            for (String said : List.of(question.gold() + " .", "999 .", "not known .")) {
                Generation answer = new Generation(
                        "r", question.dataset(), question.id(), judged.size(), "", "it is " + said, "stop", 1);
                judged.add(Judged.of(question, new KnownVerdicts().judgement(judge, question, answer)));
            }
        }
        Run run = Run.planned("r", "base", "", 0, "m", "", "", "", 1);
        Tallies tallies = Tallies.of("r", judged, context.experiment().metrics());
        Axis axis = context.experiment().axes().get(Score.CAPABILITY);
        List<Score> scores = Scores.of("e", Map.of(run, tallies), Map.of(Score.CAPABILITY, axis));
        assertThat(scores)
                .filteredOn(score -> score.metric().equals(Score.CAPABILITY))
                .singleElement()
                .satisfies(score -> assertThat(List.of(score.value(), (double) score.n(), (double) score.unscored()))
                        .isEqualTo(List.of(0.5, 4.0, 2.0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "metrics={mine: {share: {rubric: last-nummer}}}|metrics.mine.rubric: 'last-nummer' is not a known rubric of a judge of the experiment; did you mean 'last-number'?",
                "metrics={mine: {share: {rubric: last-number, verdicts: [corect]}}}|metrics.mine: 'corect' is not a known verdict of last-number; did you mean 'correct'?",
                "metrics={mine: {share: {rubric: last-number, labels: [gdc]}}}|metrics.mine.labels has 'gdc' but the questions have the labels gcd, kind;",
                "metrics={mine: {share: {rubric: last-number, forms: [chat]}}}|metrics.mine counts no question: none of data.questions has one of its forms [chat] and labels [];",
                "metrics={mine: {share: {rubric: last-number, of: []}}}|of is empty, so that there is nothing to divide by;",
                "score.capability.metric=minne|score.capability.metric 'minne' is unknown; choose one of"
            })
    void whatCannotBeCountedIsRefusedInOneLine(String setting, String why) {
        assertThatThrownBy(() -> rows(open("score.capability={metric: accuracy, labels: [gcd]}", setting)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
