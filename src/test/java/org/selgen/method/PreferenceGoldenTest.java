package org.selgen.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.Golden;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.Goldens;
import org.selgen.lm.Sequence;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

class PreferenceGoldenTest {
    @ParameterizedTest
    @CsvSource({"gemma,gemma_lora,0.1", "gemma,gemma_lora,1.0", "qwen3,qwen3_rslora,0.1", "qwen3,qwen3_rslora,1.0"})
    void dpoEqualsTrl(String model, String policy, float beta) {
        Golden golden = Golden.open("dpo/" + model + ".safetensors");
        Batch chosen = batch(golden, "chosen");
        Batch rejected = batch(golden, "rejected");
        String at = "beta" + beta + "/";
        try (Decoder base = Decoder.open(Golden.path("models/" + model), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/" + policy), base.config());
                Scope scope = Scope.open()) {
            Decoder lm = base.with(adapter);
            close("policy_chosen_logps", lm.forward(chosen).answerLogProbsByRow(), golden);
            close("ref_rejected_logps", lm.base().forward(rejected).answerLogProbsByRow(), golden);
            Dpo dpo = new Dpo(beta, 1, Dpo.LogProbs.SUM);
            Tensor term =
                    dpo.loss(lm, new Step(chosen, chosen, rejected)).ownMean().orElseThrow();
            close(at + "mean_loss", term, golden);
            List<Tensor> gradients = Directions.of(lm, term);
            for (int i = 0; i < gradients.size(); i++) {
                Goldens.close(
                        at + "grad/" + adapter.names().get(i),
                        gradients.get(i),
                        golden,
                        golden.tolerance("grad_abs"),
                        golden.tolerance("grad_rel"));
            }
        }
    }

    private static void close(String name, Tensor actual, Golden golden) {
        Goldens.close(name, actual, golden, golden.tolerance("loss_abs"), golden.tolerance("loss_rel"));
    }

    /** Prompt (padded left in the fixture) and completion (padded right) as rows. */
    private static Batch batch(Golden golden, String side) {
        List<long[]> prompts = rows(golden, "prompt");
        List<long[]> answers = rows(golden, side);
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            sequences.add(Sequence.answering(prompts.get(i), answers.get(i)));
        }
        return Batch.of(sequences);
    }

    private static List<long[]> rows(Golden golden, String name) {
        long[] ids = golden.longs(name + "_input_ids");
        long[] mask = golden.longs(name + "_attention_mask");
        int width = (int) golden.shape(name + "_input_ids")[1];
        List<long[]> rows = new ArrayList<>();
        for (int from = 0; from < ids.length; from += width) {
            int start = from;
            rows.add(java.util.stream.IntStream.range(start, start + width)
                    .filter(i -> mask[i] == 1)
                    .mapToLong(i -> ids[i])
                    .toArray());
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"gemma,gemma_lora", "qwen3,qwen3_rslora"})
    void representationDistanceIsTheMeanOverLayers(String model, String policy) {
        Golden golden = Golden.open("losses/" + model + ".safetensors");
        Batch attended = attended(golden);
        try (Decoder base = Decoder.open(Golden.path("models/" + model), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/" + policy), base.config());
                Scope scope = Scope.open()) {
            Decoder lm = base.with(adapter);
            RepresentationConstraint method = new RepresentationConstraint(1);
            Tensor term =
                    method.loss(lm, new Step(attended, attended)).ownMean().orElseThrow();
            close("rep/mean_layers_attended", term, golden);
            List<Tensor> gradients = Directions.of(lm, term);
            for (int i = 0; i < gradients.size(); i++) {
                Goldens.close(
                        "rep/grad_mean_layers_attended/" + adapter.names().get(i),
                        gradients.get(i),
                        golden,
                        golden.tolerance("grad_abs"),
                        golden.tolerance("grad_rel"));
            }
            Batch answers = Goldens.learnt(golden, "input_ids", "attention_mask", "labels");
            Tensor ours = method.loss(lm, new Step(answers, answers)).ownMean().orElseThrow();
            float[] layers = golden.floats("rep/layer_mse_predicts_assistant");
            double mean =
                    Arrays.stream(toDoubles(layers)).sum() / (layers.length - 1); // the first is the embedding's 0
            org.assertj.core.api.Assertions.assertThat(ours.item())
                    .isCloseTo(mean, org.assertj.core.data.Offset.offset(1e-5 + 1e-5 * mean));
        }
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** A batch whose every real position is scored, as the fixture's {@code attended} mean has it. */
    private static Batch attended(Golden golden) {
        long[] mask = golden.longs("attention_mask");
        long[] shape = golden.shape("input_ids");
        long[] at = java.util.stream.IntStream.range(0, mask.length)
                .filter(i -> mask[i] == 1)
                .mapToLong(i -> i)
                .toArray();
        return new Batch(
                (int) shape[0],
                (int) shape[1],
                golden.longs("input_ids"),
                mask,
                at,
                new long[at.length],
                new long[at.length]);
    }
}
