package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.StepMetrics;
import org.selgen.data.Variant;
import org.selgen.lm.Adapter;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.LoraConfig;
import org.selgen.method.Dpo;
import org.selgen.tensor.DType;
import org.selgen.train.Training.LossOn;

class RowEncoderTest {
    private static Example row(String answer, String rejected) {
        List<Message> prompt = List.of(Message.user("is 6 the gcd of 12 and 18 ?"));
        return new Example("r", "d", "proxy", "l", "g", Variant.ASK, prompt, answer, rejected);
    }

    @Test
    void allMeansTheWholeRowInALossButTheAnswerAloneInAComparison() {
        try (LanguageModel lm = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32)) {
            ProxyRow whole = new RowEncoder(lm.encoder(64), LossOn.ALL)
                    .proxies(List.of(row("yes , it is .", "no , it is not .")))
                    .get(0);
            ProxyRow answer = new RowEncoder(lm.encoder(64), LossOn.ANSWER)
                    .proxies(List.of(row("yes , it is .", "no , it is not .")))
                    .get(0);
            assertThat(whole.answer().lossMask())
                    .isEqualTo(answer.answer().whole().lossMask());
            assertThat(whole.chosen().lossMask()).isEqualTo(answer.answer().lossMask());
            assertThat(whole.rejected()).usingRecursiveComparison().isEqualTo(answer.rejected());
        }
    }

    @Test
    void anAnswerIsNeverPreferredToItself() {
        try (LanguageModel lm = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32);
                Adapter adapter = Adapter.fresh(
                        new LoraConfig(2, 4, true, List.of("q_proj", "down_proj")),
                        lm.decoder().config(),
                        1)) {
            RowEncoder rows = new RowEncoder(lm.encoder(64), LossOn.ALL);
            List<Example> same = Collections.nCopies(4, row("yes , it is .", "yes , it is ."));
            List<StepMetrics> steps = new ArrayList<>();
            new Trainer("r", new Training(5, 2, 2, 1, 0.05f, 0, 0, 0, 64, LossOn.ALL), steps::add)
                    .fit(
                            lm.decoder().with(adapter),
                            new Dpo(0.5f, 1, Dpo.LogProbs.SUM),
                            rows.rows(same),
                            rows.proxies(same),
                            1);
            assertThat(steps)
                    .hasSize(10)
                    .allSatisfy(step -> assertThat(step.proxy())
                            .as("log σ(0) at step %d", step.step())
                            .isCloseTo(Math.log(2), Offset.offset(1e-5)));
            assertThat(steps.get(9).task()).isLessThan(0.5 * steps.get(0).task());
        }
    }
}
