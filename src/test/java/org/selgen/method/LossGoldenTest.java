package org.selgen.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.Golden;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.Goldens;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

class LossGoldenTest {
    @ParameterizedTest
    @CsvSource({"gemma,gemma_lora", "qwen3,qwen3_rslora"})
    void crossEntropyIsTheMeanOverAnswerTokensAsInTransformers(String model, String policy) {
        check(model, policy, (golden, lm, batch) -> {
            Loss loss = new Standard().loss(lm, new Step(batch, batch));
            Goldens.close("ce/mean", loss.total(), golden, golden.tolerance("loss_abs"), golden.tolerance("loss_rel"));
            assertThat(batch.answerTokens()).isEqualTo((int) golden.longs("ce/count")[0]);
            gradients("ce/grad/", golden, lm, Directions.of(new Standard(), lm, List.of(new Step(batch, batch))));
        });
    }

    @ParameterizedTest
    @CsvSource({"gemma,gemma_lora", "qwen3,qwen3_rslora"})
    void divergenceIsFromThePolicyToTheBase(String model, String policy) {
        check(model, policy, (golden, lm, batch) -> {
            Loss loss = new KlPenalty(1).loss(lm, new Step(batch, batch));
            Tensor term = loss.ownMean().orElseThrow();
            double expected = golden.floats("kl/theta_base_predicts_assistant")[0];
            double other = golden.floats("kl/base_theta_predicts_assistant")[0];
            double bound = golden.tolerance("loss_abs") + golden.tolerance("loss_rel") * expected;
            assertThat(term.item()).isCloseTo(expected, Offset.offset(bound));
            assertThat(Math.abs(expected - other))
                    .as("the fixture tells the two directions apart")
                    .isGreaterThan(bound);
            Tensor alone =
                    new KlPenalty(1).loss(lm, new Step(batch, batch)).ownMean().orElseThrow();
            gradients("kl/grad_theta_base_predicts_assistant/", golden, lm, Directions.of(lm, alone));
        });
    }

    private interface Check {
        void on(Golden golden, Decoder lm, Batch batch);
    }

    private static void check(String model, String policy, Check check) {
        Golden golden = Golden.open("losses/" + model + ".safetensors");
        Batch batch = Goldens.learnt(golden, "input_ids", "attention_mask", "labels");
        try (Decoder base = Decoder.open(Golden.path("models/" + model), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/" + policy), base.config());
                Scope scope = Scope.open()) {
            check.on(golden, base.with(adapter), batch);
        }
    }

    private static void gradients(String prefix, Golden golden, Decoder lm, List<Tensor> gradients) {
        List<String> names = lm.adapter().names();
        for (int i = 0; i < names.size(); i++) {
            Goldens.close(
                    prefix + names.get(i),
                    gradients.get(i),
                    golden,
                    golden.tolerance("grad_abs"),
                    golden.tolerance("grad_rel"));
        }
    }
}
