package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.Golden;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * Every model of {@code families/} among the golden fixtures: logits, hidden states, greedy tokens and gradients of
 * transformers. Each file is optional but the model; a folder of the same layout may hold any models.
 */
class FamilyGoldenTest {
    private static final String FAMILIES = "families/";
    private static final String NONE = "(none)";

    static Stream<String> models() throws IOException {
        return names("models");
    }

    static Stream<String> adapters() throws IOException {
        return names("peft");
    }

    private static Stream<String> names(String kind) throws IOException {
        Path folder = Golden.path(FAMILIES + kind);
        if (!Files.isDirectory(folder)) {
            return Stream.of(NONE);
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(one -> one.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static Golden golden(String kind, String model) {
        String name = FAMILIES + kind + "/" + model + ".safetensors";
        assumeThat(Golden.path(name)).as("fixture " + name + " of -Dgolden.dir").exists();
        return Golden.open(name);
    }

    private static double tolerance(String key) {
        JsonNode tolerance = Golden.json(FAMILIES + "manifest.json").at("/tolerance/" + key);
        return tolerance.doubleValue();
    }

    private static Decoder open(String model) {
        return Decoder.open(Golden.path(FAMILIES + "models/" + model), DType.F32);
    }

    @ParameterizedTest
    @MethodSource("models")
    void logitsAndHiddenStatesEqualTransformers(String model) {
        Golden golden = golden("forward", model);
        try (Decoder lm = open(model)) {
            for (String side : List.of("right", "left")) {
                Batch batch = Goldens.batch(golden, "input_ids_" + side, "attention_mask_" + side);
                try (Scope scope = Scope.open()) {
                    Forward forward = Autograd.off(() -> lm.forward(batch));
                    close("logits_" + side, forward.logits(), golden, batch);
                    for (int l = 0; golden.has("hidden_" + l + "_" + side); l++) {
                        close("hidden_" + l + "_" + side, forward.hidden().get(l), golden, batch);
                    }
                }
            }
        }
    }

    private static void close(String name, Tensor actual, Golden golden, Batch batch) {
        if (golden.has(name)) {
            Goldens.closeWhereReal(name, actual, golden, batch, tolerance("logits_abs"));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void greedyTokensEqualTransformersWhateverTheBatch(String model) {
        Golden golden = golden("generate", model);
        List<long[]> prompts = GenerateGoldenTest.prompts(golden);
        int length = (int) golden.shape("new_tokens")[1];
        long[] expected = golden.longs("new_tokens");
        try (Decoder lm = open(model)) {
            Generator generator = new Generator(lm, token -> false);
            List<long[]> together = generator.answers(prompts, Decoding.greedy(length), new long[prompts.size()]);
            for (int r = 0; r < prompts.size(); r++) {
                List<long[]> one = prompts.subList(r, r + 1);
                assertThat(together.get(r)).containsExactly(Arrays.copyOfRange(expected, r * length, (r + 1) * length));
                assertThat(generator.answers(one, Decoding.greedy(length), new long[1]))
                        .containsExactly(together.get(r));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsOfTheWeightsEqualTransformers(String model) {
        Golden golden = golden("grads", model);
        Golden inputs = golden("forward", model);
        Batch batch = Goldens.learnt(inputs, golden, "input_ids_right", "attention_mask_right", "labels");
        try (Decoder frozen = open(model);
                Decoder lm = Decoder.trainable(frozen.config(), frozen.weights());
                Scope scope = Scope.open()) {
            Tensor loss = lm.forward(batch).crossEntropy();
            Goldens.close("loss", loss, golden, tolerance("logits_abs"), 0);
            Map<String, Tensor> weights = new LinkedHashMap<>(lm.weights());
            List<Tensor> gradients = Autograd.gradients(loss, List.copyOf(weights.values()));
            List<String> names = List.copyOf(weights.keySet());
            List<String> proved = golden.names().stream()
                    .filter(name -> name.startsWith("grad/"))
                    .toList();
            assertThat(proved).isNotEmpty();
            proved.forEach(name -> Goldens.close(
                    name,
                    gradients.get(names.indexOf(name.substring("grad/".length()))),
                    golden,
                    tolerance("grad_abs"),
                    tolerance("grad_rel")));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void logitsOfEachStepEqualThoseWithoutACache(String model) {
        Golden golden = golden("generate", model);
        List<long[]> prompts = GenerateGoldenTest.prompts(golden);
        int length = (int) golden.shape("new_tokens")[1];
        int vocabulary = (int) golden.shape("step_logits")[2];
        float[] expected = golden.floats("step_logits");
        long[] tokens = golden.longs("new_tokens");
        try (Decoder lm = open(model)) {
            for (int r = 0; r < prompts.size(); r++) {
                try (Scope scope = Scope.open()) {
                    long[] next = prompts.get(r);
                    KvCache cache = lm.cache(1, next.length + length);
                    for (int n = 0; n < length; n++) {
                        int step = r * length + n;
                        long past = cache.past();
                        float[] logits = lm.next(
                                        Tensor.of(next, 1, next.length),
                                        Decoder.positions(past, past + next.length),
                                        lm.absent(),
                                        cache)
                                .floats();
                        double most = IntStream.range(0, vocabulary)
                                .mapToDouble(v -> Math.abs(logits[v] - expected[step * vocabulary + v]))
                                .max()
                                .orElseThrow();
                        assertThat(most).as("row %d, step %d", r, n).isLessThan(tolerance("logits_abs"));
                        next = new long[] {tokens[step]};
                    }
                }
            }
        }
    }

    /** Also of a layer that gives several projections, which has one pair as PEFT makes it. */
    @ParameterizedTest
    @MethodSource("adapters")
    void logitsLossAndGradientsUnderAnAdapterEqualPeft(String model) {
        String folder = FAMILIES + "peft/" + model;
        assumeThat(Golden.path(folder))
                .as("fixture " + folder + " of -Dgolden.dir")
                .exists();
        Golden golden = Golden.open(folder + "/expected.safetensors");
        Sequence row = new Sequence(golden.longs("input_ids"), new boolean[golden.longs("input_ids").length]).whole();
        try (Decoder lm = open(model);
                Adapter adapter = Adapter.read(Golden.path(folder), lm.config());
                Scope scope = Scope.open()) {
            Forward forward = lm.with(adapter).forward(Batch.of(List.of(row)));
            Goldens.close("logits", forward.logits(), golden, tolerance("logits_abs"), 0);
            Tensor loss = forward.crossEntropy();
            Goldens.close("loss", loss, golden, tolerance("logits_abs"), 0);
            List<Tensor> gradients = Autograd.gradients(loss, adapter.parameters());
            assertThat(golden.names())
                    .containsAll(
                            adapter.names().stream().map(name -> "grad/" + name).toList());
            for (int i = 0; i < gradients.size(); i++) {
                String name = "grad/" + adapter.names().get(i);
                Goldens.close(name, gradients.get(i), golden, tolerance("grad_abs"), tolerance("grad_rel"));
            }
        }
    }
}
