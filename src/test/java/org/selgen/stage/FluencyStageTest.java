package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.selgen.chat.ChatSettings;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.spark.AnswerFluency;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.tensor.DType;

/** The stage of judging with a model that says how likely it finds the answers. */
class FluencyStageTest extends ToyLake {
    private static final Path TINY = Path.of("data-lake/models/tiny").toAbsolutePath();

    @Test
    @Tag("slow")
    void everyAnswerHasTheModelsNumberAndIsReadOnce() throws IOException {
        Files.writeString(folder.resolve("conf/judges.yaml"), "fluent: {perplexity: {model: '%s'}}".formatted(TINY));
        Stages bench = bench("lake", "methods=[standard]", "judges=[maths, confirmation, fluent]");
        bench.prepare(OnLeak.STOP);
        bench.train();
        bench.generate();
        bench.judge();
        List<Generation> answers = bench.context().lake().generations().read();
        List<Judgement> read = fluency(bench);
        assertThat(read).hasSameSizeAs(answers);
        Judgement one = read.get(0);
        assertThat(one.scored().orElseThrow()).isCloseTo(alone(bench, answers, one), Offset.offset(1e-3));
        bench.judge();
        assertThat(said.toString()).contains("fluent reads " + answers.size() + " answers", "fluent reads 0 answers");
        assertThat(fluency(bench)).containsExactlyInAnyOrderElementsOf(read);
    }

    private static List<Judgement> fluency(Stages bench) {
        return bench.context().lake().judgements().read(row -> row.rubric().startsWith("fluency@"));
    }

    private static double alone(Stages bench, List<Generation> answers, Judgement of) throws IOException {
        Question question = bench.context().questions().get(List.of(of.dataset(), of.question()));
        String answer = answers.stream()
                .filter(row -> row.run().equals(of.run()) && row.question().equals(of.question()))
                .findFirst()
                .orElseThrow()
                .answer();
        try (AnswerFluency fluency = AnswerFluency.open(TINY, DType.F32, ChatSettings.DEFAULT)) {
            return fluency.of(List.of(question.prompt()), List.of(answer))
                    .get(0)
                    .scored()
                    .orElseThrow();
        }
    }
}
