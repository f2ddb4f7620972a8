package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.Golden;
import org.selgen.RealModels;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;
import org.selgen.tokenizer.Tokenizer;

/** Real checkpoints against transformers and PEFT, in float32. */
@Tag("slow")
class RealModelsTest {
    private static final Pattern LORA = Pattern.compile("r (\\d+), alpha (\\d+), ([a-z_ ]+); "
            + Pattern.quote("A[i,j] = 0.01 cos(i+j), B[i,j] = 0.01 sin(i+2j+1)"));

    static Stream<String> models() {
        return RealModels.names("models");
    }

    private static JsonNode golden(String model) {
        return RealModels.golden().path("models").path(model);
    }

    @ParameterizedTest
    @MethodSource("models")
    void tokensLikelihoodsAndContinuationsEqualTransformers(String model) {
        Path folder = RealModels.folder(model);
        try (Decoder lm = Decoder.open(folder, DType.F32);
                Tokenizer tokenizer = Tokenizer.open(folder)) {
            for (JsonNode text : golden(model).path("texts")) {
                long[] ids = longs(text.path("ids"));
                assertThat(ids).endsWith(tokenizer.encode(text.path("text").textValue()));
                likelihood(lm, ids, text);
                long[] expected = longs(text.path("greedy32"));
                long[] answer = new Generator(lm, stops(folder)::contains)
                        .answers(List.of(ids), Decoding.greedy(32), new long[1])
                        .get(0);
                assertThat(answer).containsExactly(expected);
                assertThat(tokenizer.decode(answer))
                        .isEqualTo(text.path("greedy_text").textValue());
            }
        }
    }

    private static void likelihood(Decoder lm, long[] ids, JsonNode text) {
        try (Scope scope = Scope.open()) {
            Forward forward = Autograd.off(() -> lm.forward(Batch.of(List.of(whole(ids)))));
            assertThat(forward.crossEntropy().item())
                    .isCloseTo(text.path("mean_nll").doubleValue(), within(1e-4));
            float[] logits = forward.logits()
                    .transpose(0, 1)
                    .rows(ids.length - 1L, ids.length)
                    .floats();
            for (JsonNode top : text.path("last_top5")) {
                assertThat((double) logits[top.get(0).intValue()])
                        .isCloseTo(top.get(1).doubleValue(), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void lossAndGradientsOfAnAdapterEqualPeft(String model) {
        Path folder = RealModels.folder(model);
        JsonNode lora = golden(model).path("lora");
        long[] ids = longs(
                golden(model).path("texts").get(lora.path("text").intValue()).path("ids"));
        try (Decoder lm = Decoder.open(folder, DType.F32);
                Adapter adapter = adapter(lora.path("config").textValue(), lm);
                Scope scope = Scope.open()) {
            Tensor loss =
                    lm.with(adapter).forward(Batch.of(List.of(whole(ids)))).crossEntropy();
            assertThat(loss.item()).isCloseTo(lora.path("loss").doubleValue(), relative());
            List<Tensor> gradients = Autograd.gradients(loss, adapter.parameters());
            assertThat(Tensors.globalNorm(gradients).item())
                    .isCloseTo(lora.path("total_grad_norm").doubleValue(), relative());
            List<String> names = adapter.names();
            lora.path("grad_norms")
                    .properties()
                    .forEach(norm -> assertThat(
                                    Tensors.frobenius(gradients.get(names.indexOf("base_model.model." + norm.getKey())))
                                            .item())
                            .as(norm.getKey())
                            .isCloseTo(norm.getValue().doubleValue(), relative()));
        }
    }

    private static Percentage relative() {
        return Percentage.withPercentage(0.1);
    }

    /** The adapter that the fixture describes in words. */
    private static Adapter adapter(String words, Decoder lm) {
        Matcher said = LORA.matcher(words);
        assertThat(said.matches()).as(words).isTrue();
        LoraConfig lora = new LoraConfig(
                Integer.parseInt(said.group(1)),
                Float.parseFloat(said.group(2)),
                false,
                List.of(said.group(3).split(" ")));
        Map<String, Adapter.Pair> pairs = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            AdapterFiles.shapes(lm.config(), lora).forEach((module, shape) -> {
                int in = Math.toIntExact(shape[1]);
                int r = lora.r();
                Tensor a = matrix(r, in, i -> 0.01 * Math.cos(i / in + i % in));
                Tensor b = matrix((int) shape[0], r, i -> 0.01 * Math.sin(i / r + 2 * (i % r) + 1));
                pairs.put(module, new Adapter.Pair(a, b, lora.scale()));
            });
            return Adapter.of(pairs);
        }
    }

    private static Tensor matrix(int rows, int columns, IntToDoubleFunction value) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        return Tensor.of(values, rows, columns).leaf();
    }

    private static Sequence whole(long[] ids) {
        return new Sequence(ids, new boolean[ids.length]).whole();
    }

    /** As transformers: of the generation's configuration. */
    private static Set<Long> stops(Path folder) {
        JsonNode stops = Golden.json(folder.resolve("generation_config.json")).path("eos_token_id");
        Set<Long> ids = new TreeSet<>();
        (stops.isArray() ? stops : List.of(stops)).forEach(id -> ids.add(id.longValue()));
        return ids;
    }

    private static long[] longs(JsonNode list) {
        List<Long> longs = new ArrayList<>();
        list.forEach(one -> longs.add(one.longValue()));
        return longs.stream().mapToLong(Long::longValue).toArray();
    }
}
