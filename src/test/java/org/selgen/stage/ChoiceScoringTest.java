package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.BadInput;
import org.selgen.data.Score;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.results.RegionsPicture;

class ChoiceScoringTest {
    @TempDir
    Path folder;

    private final ToyEngine engine = new ToyEngine();
    private TestExperiment experiment;

    @BeforeEach
    void lay() throws IOException {
        experiment = TestExperiment.in(
                        folder,
                        "choices={words: [blue, red], after: 'it is '}",
                        "regions={datasets: [test], side: 2}",
                        "judges=[maths]",
                        "score.capability={metric: choice-accuracy}",
                        "score.alignment={metric: accuracy}")
                .data(
                        "task={toy-points: {words: [eagle], upper: blue, rows: 4, seed: 1}}",
                        "proxy={toy-points: {words: [shark], upper: red, rows: 4, seed: 1}}",
                        "test={toy-points: {words: [dog], upper: red, rows: 1, label: mammal, seed: 1}}",
                        "words={toy-questions: {labels: [kind], groups: 2, seed: 2}}");
    }

    @Test
    @Tag("slow")
    void accuracyByProbabilityStandsBesideThatByGenerationAndThePlaneIsDrawn() throws IOException {
        Stages bench = bench();
        bench.prepare(OnLeak.STOP);
        bench.train();
        for (int twice = 0; twice < 2; twice++) {
            bench.generate();
            bench.judge();
        }
        bench.score();
        bench.report();
        // 25 points asked and the 4 corners of the plane, two of which are among the 25, by two runs, once
        int corners = 4 - corners(bench);
        assertThat(engine.weighed()).isEqualTo(2L * (25 + corners));
        assertThat(bench.context().lake().scores().read())
                .filteredOn(score -> score.label().equals("mammal"))
                .extracting(Score::metric, Score::n)
                .contains(tuple("choice-accuracy", 25L), tuple("accuracy", 25L));
        // blue is always likelier: right in the lower half alone
        assertThat(bench.context().lake().scores().read())
                .filteredOn(score -> score.metric().equals("choice-accuracy"))
                .allSatisfy(score -> assertThat(score.value()).isBetween(0.4, 0.6));
        assertThat(folder.resolve("lake/report/toy/regions.png")).isNotEmptyFile();
        assertThat(folder.resolve("lake/report/toy/index.html")).content().contains("Likeliest colour over the plane");
    }

    private static int corners(Stages bench) throws IOException {
        List<List<String>> asked = new ArrayList<>(bench.context().questions().keySet());
        return (int) RegionsPicture.questions(bench.context()).stream()
                .filter(q -> asked.contains(List.of(q.dataset(), q.id())))
                .count();
    }

    @Test
    void aRightAnswerThatIsNoChoiceIsRefused() throws IOException {
        Stages bench = bench("data.questions=[test, words]");
        assertThatThrownBy(() -> bench.prepare(OnLeak.STOP))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("choices.words is [blue, red] but the right answer of question");
    }

    @Test
    void aPictureWithoutChoicesIsRefused() {
        assertThatThrownBy(() -> bench("choices=null"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("regions needs choices, whose words are its colours; add choices");
    }

    private Stages bench(String... settings) throws IOException {
        return experiment.stages("lake", engine, new StringWriter(), settings);
    }
}
