package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Score;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.stage.PrepareStage.OnLeak;

class ChoiceScoringTest {
    private static final String EXPERIMENT = """
            name: weighed
            model: small
            data: {task: [task], proxy: [proxy], questions: [test]}
            lora: {r: 2, alpha: 4, rslora: true, targets: [q_proj]}
            training: {epochs: 1, batch: 4, proxyBatch: 4, accumulation: 1, learningRate: 0.001, warmup: 0,
                       weightDecay: 0, clip: 1, maxTokens: 64, lossOn: answer}
            methods: [standard]
            seeds: [0]
            decoding: {temperature: 0, topP: 1, maxTokens: 8, samples: 1, seed: 0}
            choices: {words: [blue, red], after: "it is "}
            regions: {datasets: [test], side: 2}
            judges: [maths]
            score: {capability: {metric: choice-accuracy}, alignment: {metric: accuracy}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void layConfAndModel() throws IOException {
        Files.createDirectories(folder.resolve("conf/experiments"));
        Files.createDirectories(folder.resolve("lake/models/small"));
        Files.writeString(folder.resolve("lake/models/small/config.json"), "{}");
        Files.writeString(folder.resolve("conf/datasets.yaml"), """
                task: {toy-points: {words: [eagle], upper: blue, rows: 4, seed: 1}}
                proxy: {toy-points: {words: [shark], upper: red, rows: 4, seed: 1}}
                test: {toy-points: {words: [dog], upper: red, rows: 1, label: mammal, seed: 1}}
                words: {toy-questions: {labels: [kind], groups: 2, seed: 2}}
                """);
        Files.writeString(folder.resolve("conf/experiments/weighed.yaml"), EXPERIMENT);
        ToyEngine.FAILING.clear();
        ToyEngine.DIVERGING.clear();
        ToyEngine.WEIGHED.set(0);
    }

    @Test
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
        assertThat(ToyEngine.WEIGHED).hasValue(2 * (25 + corners));
        assertThat(bench.context().lake().scores().read())
                .filteredOn(score -> score.label().equals("mammal"))
                .extracting(Score::metric, Score::n)
                .contains(tuple("choice-accuracy", 25L), tuple("accuracy", 25L));
        // blue is always likelier: right in the lower half alone
        assertThat(bench.context().lake().scores().read())
                .filteredOn(score -> score.metric().equals("choice-accuracy"))
                .allSatisfy(score -> assertThat(score.value()).isBetween(0.4, 0.6));
        assertThat(folder.resolve("lake/report/weighed/regions.png")).isNotEmptyFile();
        assertThat(folder.resolve("lake/report/weighed/index.html"))
                .content()
                .contains("Likeliest colour over the plane");
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
        bench.prepare(OnLeak.STOP);
        bench.train();
        assertThatThrownBy(() -> bench.generate())
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
        return Stages.open(
                Lake.open(LocalSpark.session(), folder.resolve("lake")),
                folder.resolve("conf/experiments/weighed.yaml"),
                List.of(settings),
                new ToyEngine(),
                new PrintWriter(new StringWriter()));
    }
}
