package org.selgen.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.Goldens;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

class ProjectionGoldenTest {
    @ParameterizedTest
    @CsvSource({"gemma,gemma_lora", "qwen3,qwen3_rslora"})
    void projectedGradientsEqualTheReference(String model, String policy) {
        Golden golden = Golden.open("projection/" + model + ".safetensors");
        Golden losses = Golden.open("losses/" + model + ".safetensors");
        Batch task = Goldens.learnt(losses, "input_ids", "attention_mask", "labels");
        Batch proxy = Goldens.learnt(golden, "align_input_ids", "align_attention_mask", "align_labels");
        try (Decoder base = Decoder.open(Golden.path("models/" + model), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/" + policy), base.config());
                Scope scope = Scope.open()) {
            Decoder lm = base.with(adapter);
            Step step = new Step(task, proxy);
            List<Tensor> global =
                    gradients(GradientProjection.ProductScope.GLOBAL, GradientProjection.When.ALWAYS, lm, step);
            List<Tensor> each =
                    gradients(GradientProjection.ProductScope.PER_PARAMETER, GradientProjection.When.ALWAYS, lm, step);
            List<Tensor> clamped = gradients(
                    GradientProjection.ProductScope.PER_PARAMETER, GradientProjection.When.CONFLICT, lm, step);
            float[] lambdas = golden.floats("per_param_lambda_clamped");
            for (int i = 0; i < global.size(); i++) {
                String name = adapter.names().get(i);
                Goldens.close("global_strict/" + name, global.get(i), golden, 2e-5, 1e-3);
                Goldens.close("per_param_strict/" + name, each.get(i), golden, 2e-5, 1e-3);
                boolean conflicts = lambdas[i] < 0;
                Goldens.close(
                        (conflicts ? "per_param_strict/" : "ce/grad/") + name,
                        clamped.get(i),
                        conflicts ? golden : losses,
                        2e-5,
                        1e-3);
            }
        }
    }

    private static List<Tensor> gradients(
            GradientProjection.ProductScope scope, GradientProjection.When when, Decoder lm, Step step) {
        GradientProjection method = new GradientProjection(scope, when);
        return Directions.of(method, lm, List.of(step));
    }

    @Test
    void aProjectedGradientIsOrthogonalToTheProxys() {
        try (Scope scope = Scope.open()) {
            List<Tensor> task = List.of(Tensor.of(new float[] {1, 2}), Tensor.of(new float[] {-3, 4}));
            List<Tensor> proxy = List.of(Tensor.of(new float[] {2, -1}), Tensor.of(new float[] {1, 1}));
            List<Tensor> global = new GradientProjection(
                            GradientProjection.ProductScope.GLOBAL, GradientProjection.When.ALWAYS)
                    .project(task, List.of(proxy));
            double dot = global.get(0).dot(proxy.get(0)).item()
                    + global.get(1).dot(proxy.get(1)).item();
            assertThat(dot).isCloseTo(0, Offset.offset(1e-6));
            List<Tensor> agreeing = new GradientProjection(
                            GradientProjection.ProductScope.GLOBAL, GradientProjection.When.CONFLICT)
                    .project(task, List.of(proxy));
            assertThat(agreeing.get(1).floats()).as("no conflict, no change").containsExactly(-3, 4);
        }
    }

    /** SafeGrad: of several task rows some conflict with staying close to the base model, and some do not. */
    @Test
    void withTheDivergenceAStepIsOrthogonalToItsGradientWhereTheyConflictAndElseTheTasks() {
        GradientProjection safe = new GradientProjection(
                GradientProjection.ProductScope.GLOBAL,
                GradientProjection.When.CONFLICT,
                GradientProjection.Proxy.KL,
                1,
                1);
        try (GoldenModel model = new GoldenModel()) {
            List<Tensor> parameters = model.adapter.parameters();
            Set<Boolean> kinds = new HashSet<>();
            for (long answer = 10; answer < 22; answer++) {
                Step pair = GoldenModel.pair(new long[] {30}, new long[] {answer}, new long[] {50});
                List<Tensor> task = Directions.of(new Standard(), model.lm(), List.of(pair));
                List<Tensor> divergence = Autograd.gradients(
                        KlPenalty.divergence(model.lm(), pair).mean(), parameters);
                List<Tensor> left = Directions.of(safe, model.lm(), List.of(pair));
                boolean conflicts = cosine(task, divergence) < 0;
                kinds.add(conflicts);
                assertThat(cosine(left, divergence))
                        .isCloseTo(conflicts ? 0 : cosine(task, divergence), Offset.offset(1e-4));
                assertThat(cosine(left, task)).isCloseTo(1, Offset.offset(conflicts ? 0.9 : 1e-6));
            }
            assertThat(kinds).containsExactlyInAnyOrder(true, false);
        }
    }

    private static double cosine(List<Tensor> x, List<Tensor> y) {
        return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    }

    private static double dot(List<Tensor> x, List<Tensor> y) {
        double sum = 0;
        for (int i = 0; i < x.size(); i++) {
            sum += x.get(i).dot(y.get(i)).item();
        }
        return sum;
    }

    @Test
    void aGradientProjectedAgainstSeveralIsOrthogonalToEachWhateverTheirOrder() {
        GradientProjection method = new GradientProjection(
                GradientProjection.ProductScope.GLOBAL,
                GradientProjection.When.ALWAYS,
                GradientProjection.Proxy.CROSS_ENTROPY,
                2,
                3);
        try (Scope scope = Scope.open()) {
            List<Tensor> task = List.of(Tensor.of(new float[] {1, 2, 3, 4}));
            List<Tensor> first = List.of(Tensor.of(new float[] {1, 1, 0, 0}));
            List<Tensor> second = List.of(Tensor.of(new float[] {1, 0, 1, 0}));
            List<Tensor> twice = List.of(Tensor.of(new float[] {2, 2, 0, 0}));
            float[] left = method.project(task, List.of(first, second)).get(0).floats();
            // (1, 2, 3, 4) − (1, 1, 0, 0) / 3 · 1 − (1, 0, 1, 0) / 3 · 5 … = (−4, 4, 4, 12) / 3
            assertThat(left).containsExactly(new float[] {-4f / 3, 4f / 3, 4f / 3, 4}, Offset.offset(1e-6f));
            assertThat(method.project(task, List.of(second, first)).get(0).floats())
                    .containsExactly(left, Offset.offset(1e-6f));
            assertThat(method.project(task, List.of(first, second, twice))
                            .get(0)
                            .floats())
                    .as("a multiple adds no direction")
                    .containsExactly(left, Offset.offset(1e-6f));
        }
    }

    @Test
    void betweenRefreshesTheProxyIsNotReadAndItsLastGradientsProject() {
        GradientProjection method = new GradientProjection(
                GradientProjection.ProductScope.GLOBAL,
                GradientProjection.When.ALWAYS,
                GradientProjection.Proxy.CROSS_ENTROPY,
                2,
                1);
        try (GoldenModel model = new GoldenModel()) {
            Step pair = GoldenModel.pair(new long[] {30}, new long[] {40, 41}, new long[] {50});
            Step next = new Step(pair.task(), pair.proxy(), pair.proxy(), null, null, 1);
            List<Tensor> kept = model.adapter.parameters().stream()
                    .map(parameter -> Tensor.zeros(DType.F32, parameter.shape()))
                    .toList();
            for (Step step : List.of(pair, next)) {
                try (Accumulation sum = new Accumulation(model.adapter.parameters(), 1)) {
                    sum.add(method.loss(model.lm(), step));
                    GradientMemory memory = new GradientMemory(step.number(), List.of(kept));
                    List<Tensor> left = Autograd.off(() -> method.direction(sum, memory));
                    assertThat(sum.gradients()).hasSize(2 - step.number());
                    double dot = 0;
                    double square = 0;
                    for (int i = 0; i < kept.size(); i++) {
                        dot += left.get(i).dot(kept.get(i)).item();
                        square += kept.get(i).dot(kept.get(i)).item();
                    }
                    assertThat(dot / square).isCloseTo(0, Offset.offset(1e-5));
                    assertThat(square).isGreaterThan(1e-3);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one_past_task", "two_past_tasks_concatenated"})
    void oLoraPenaltiesEqualItsCode(String fixture) {
        Golden golden = Golden.open("olora/" + fixture + ".safetensors");
        try (Scope scope = Scope.open();
                Adapter past = adapter(golden, "lora_");
                Adapter task = adapter(golden, "loranew_").over(past)) {
            Goldens.close("orthogonal_loss", OLora.overlap(task).reshape(1), golden, 1e-5, 1e-5);
            Goldens.close("l2_loss", OLora.size(task).reshape(1), golden, 1e-5, 1e-5);
            Tensor total = OLora.overlap(task).times(0.5f).plus(OLora.size(task).times(0.1f));
            Goldens.close("total", total.reshape(1), golden, 1e-5, 1e-5);
            List<Tensor> gradients = Autograd.gradients(total, task.parameters());
            int i = 0;
            for (String module : task.pairs().keySet()) {
                for (String matrix : List.of("A", "B")) {
                    String name = "grad_total/base_model.model." + module + ".loranew_" + matrix + ".default.weight";
                    Goldens.close(name, gradients.get(i++), golden, 1e-5, 1e-5);
                }
            }
        }
    }

    private static Adapter adapter(Golden golden, String kind) {
        Map<String, Adapter.Pair> pairs = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(golden.names());
        names.stream()
                .filter(n -> n.startsWith("param/") && n.contains("." + kind + "A."))
                .forEach(a -> {
                    String b = a.replace("." + kind + "A.", "." + kind + "B.");
                    String module = a.substring("param/base_model.model.".length(), a.indexOf("." + kind + "A."));
                    pairs.put(
                            module,
                            new Adapter.Pair(
                                    Tensor.of(golden.floats(a), golden.shape(a)).leaf(),
                                    Tensor.of(golden.floats(b), golden.shape(b)).leaf(),
                                    1));
                });
        return Adapter.of(pairs);
    }
}
