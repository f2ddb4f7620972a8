package org.selgen.lm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

class GradientGoldenTest {
    @ParameterizedTest
    @ValueSource(strings = {"gemma", "gemma2", "llama3", "qwen2", "qwen3", "qwen3_tied"})
    void gradientsOfEveryWeightEqualTransformers(String model) {
        Golden inputs = Golden.open("forward/" + model + ".safetensors");
        Golden golden = Golden.open("grads/" + model + ".safetensors");
        Batch batch = Goldens.learnt(inputs, "input_ids_right", "attention_mask_right", "labels_right");
        try (Decoder frozen = Decoder.open(Golden.path("models/" + model), DType.F32);
                Decoder lm = Decoder.trainable(frozen.config(), frozen.weights());
                Scope scope = Scope.open()) {
            Tensor loss = lm.forward(batch).crossEntropy();
            Goldens.close("loss", loss, golden, golden.tolerance("fp32_abs"), 0);
            Map<String, Tensor> weights = new LinkedHashMap<>(lm.weights());
            List<Tensor> gradients = Autograd.gradients(loss, List.copyOf(weights.values()));
            List<String> names = List.copyOf(weights.keySet());
            golden.names().stream().filter(n -> n.startsWith("grad/")).forEach(name -> {
                Tensor gradient = gradients.get(names.indexOf(name.substring(5)));
                Goldens.close(name, gradient, golden, golden.tolerance("fp32_abs"), golden.tolerance("fp32_rel"));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemma", "gemma2", "llama3", "qwen2", "qwen3"})
    void gradientsInFloat64EqualFiniteDifferences(String model) {
        Golden inputs = Golden.open("forward/" + model + ".safetensors");
        Batch batch = Goldens.learnt(inputs, "input_ids_right", "attention_mask_right", "labels_right");
        try (Decoder lm = Decoder.open(Golden.path("models/" + model), DType.F64);
                Scope scope = Scope.open()) {
            LoraConfig lora = new LoraConfig(2, 4, true, LoraConfig.allLinear(lm.config()));
            Adapter adapter = Doubles.fresh(lora, lm.config());
            Decoder policy = lm.with(adapter);
            List<Tensor> parameters = adapter.parameters();
            List<Tensor> gradients = Autograd.gradients(policy.forward(batch).crossEntropy(), parameters);
            for (int p = 0; p < parameters.size(); p += 5) {
                double expected = Doubles.difference(policy, batch, parameters.get(p));
                Assertions.assertThat(gradients.get(p).doubles()[0]).isCloseTo(expected, Offset.offset(1e-7));
            }
        }
    }

    /** Central differences in float64. */
    static final class Doubles {
        private static final double STEP = 1e-5;

        static Adapter fresh(LoraConfig lora, DecoderConfig config) {
            Map<String, Adapter.Pair> pairs = new LinkedHashMap<>();
            Adapter.fresh(lora, config, 1).pairs().forEach((module, pair) -> {
                Tensor a = pair.a().to(DType.F64).leaf();
                float[] values = new float[(int) (pair.b().shape()[0] * pair.b().shape()[1])];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) Math.sin(i + module.length());
                }
                Tensor b = Tensor.of(values, pair.b().shape())
                        .to(DType.F64)
                        .times(0.1f)
                        .leaf();
                pairs.put(module, new Adapter.Pair(a, b, pair.scale()));
            });
            return Adapter.of(pairs);
        }

        static double difference(Decoder lm, Batch batch, Tensor parameter) {
            double[] values = parameter.doubles();
            double up = loss(lm, batch, parameter, values, STEP);
            double down = loss(lm, batch, parameter, values, -STEP);
            loss(lm, batch, parameter, values, 0);
            return (up - down) / (2 * STEP);
        }

        private static double loss(Decoder lm, Batch batch, Tensor parameter, double[] values, double step) {
            return Autograd.off(() -> {
                double[] moved = values.clone();
                moved[0] += step;
                parameter.assign(Tensor.of(moved, parameter.shape()));
                return lm.forward(batch).crossEntropy().item();
            });
        }
    }
}
