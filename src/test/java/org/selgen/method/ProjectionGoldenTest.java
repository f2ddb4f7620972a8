package org.selgen.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.lm.Adapter;
import org.selgen.lm.AdapterFiles;
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
                    .project(task, proxy);
            double dot = global.get(0).dot(proxy.get(0)).item()
                    + global.get(1).dot(proxy.get(1)).item();
            assertThat(dot).isCloseTo(0, Offset.offset(1e-6));
            List<Tensor> agreeing = new GradientProjection(
                            GradientProjection.ProductScope.GLOBAL, GradientProjection.When.CONFLICT)
                    .project(task, proxy);
            assertThat(agreeing.get(1).floats()).as("no conflict, no change").containsExactly(-3, 4);
        }
    }

    @Test
    void safeLoraEqualsItsCode() {
        Golden golden = Golden.open("safelora/expected.safetensors");
        JsonNode expected = Golden.json("safelora/expected.json");
        try (Decoder aligned = Decoder.open(Golden.path("models/gemma"), DType.F32);
                Decoder unaligned = Decoder.open(Golden.path("safelora/base"), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/gemma_lora"), aligned.config());
                Scope scope = Scope.open()) {
            Map<String, Tensor> planes = new LinkedHashMap<>();
            adapter.pairs()
                    .keySet()
                    .forEach(module -> planes.put(
                            module,
                            aligned.weights()
                                    .get(module + ".weight")
                                    .minus(unaligned.weights().get(module + ".weight"))));
            int layers = expected.path("num_proj_layers").asInt();
            SafeLora method = new SafeLora(layers, SafeLora.Projector.PAPER, SafeLora.Plane.UNALIGNED_BASE);
            cosines(expected, method.projections(adapter, planes::get, scope, () -> {}));
            try (Adapter projected = method.projected(adapter, planes::get, () -> {})) {
                projected
                        .pairs()
                        .forEach((module, pair) ->
                                Goldens.close("number/" + AdapterFiles.keyB(module), pair.b(), golden, 1e-5, 0));
            }
        }
    }

    private static void cosines(JsonNode expected, List<SafeLora.Projection> distances) {
        for (int i = 0; i < distances.size(); i++) {
            String module = expected.path("order").get(i).asText();
            assertThat(AdapterFiles.keyB(distances.get(i).module())).isEqualTo(module);
            assertThat(distances.get(i).cosine())
                    .isCloseTo(expected.path("cosines").get(i).asDouble(), Offset.offset(1.5e-5));
        }
    }

    @Test
    void anOrthogonalProjectorProjectsTwiceAsOnce() {
        try (Scope scope = Scope.open()) {
            Tensor plane = Tensor.of(new float[] {1, 2, 2, 4, 3, 6.5f}, 3, 2);
            Tensor b = Tensor.of(new float[] {1, -2, 0.5f}, 3, 1);
            SafeLora method = new SafeLora(1, SafeLora.Projector.ORTHOGONAL, SafeLora.Plane.UNALIGNED_BASE);
            float[] once = method.project("m", plane, b).floats();
            float[] twice =
                    method.project("m", plane, method.project("m", plane, b)).floats();
            assertThat(twice).containsExactly(once, Offset.offset(1e-5f));
            assertThat(once).isNotEqualTo(b.floats());
        }
    }

    @Test
    void anOrthogonalProjectionOntoAllDirectionsIsRefusedAndOntoTheFirstIsNot() {
        try (Scope scope = Scope.open()) {
            Tensor plane = Tensor.of(new float[] {4, 0, 0, 1}, 2, 2);
            Tensor b = Tensor.of(new float[] {3, 5}, 2, 1);
            SafeLora all = orthogonal(0);
            assertThatThrownBy(() -> all.project("layers.0.q_proj", plane, b))
                    .isInstanceOf(BadInput.class)
                    .hasMessage(
                            "safe-lora.projector is orthogonal but the plane of layers.0.q_proj has all 2 directions, so"
                                    + " that projecting changes nothing; set safe-lora.directions below 2, or plane:"
                                    + " proxy-adapter, in the run's conf file");
            assertThatThrownBy(() -> orthogonal(2).project("m", plane, b)).isInstanceOf(BadInput.class);
            assertThat(orthogonal(1).project("m", plane, b).floats())
                    .as("the direction of the largest singular value")
                    .containsExactly(new float[] {3, 0}, Offset.offset(1e-6f));
        }
    }

    private static SafeLora orthogonal(int directions) {
        return new SafeLora(1, -1, SafeLora.Projector.ORTHOGONAL, directions, SafeLora.Plane.UNALIGNED_BASE);
    }

    @Test
    void knobsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> new SafeLora(2, 0.5f, SafeLora.Projector.PAPER, 0, SafeLora.Plane.PROXY_ADAPTER))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("safe-lora.layers is 2 and safe-lora.threshold is 0.5");
        assertThatThrownBy(() -> new SafeLora(2, -1, SafeLora.Projector.PAPER, 3, SafeLora.Plane.PROXY_ADAPTER))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("safe-lora.directions is 3");
    }

    /** Planes of rank 1, one of them along the module's own change. */
    @Test
    void aThresholdProjectsTheModulesOfAtMostThisCosine() {
        try (Scope scope = Scope.open();
                Adapter adapter = Adapter.of(Map.of("far", pair(1, 0), "near", pair(1, 0)))) {
            Map<String, Tensor> planes = Map.of(
                    "far", Tensor.of(new float[] {0.1f, 1}, 2, 1), "near", Tensor.of(new float[] {1, 0.1f}, 2, 1));
            SafeLora half = new SafeLora(0, 0.5f, SafeLora.Projector.ORTHOGONAL, 0, SafeLora.Plane.PROXY_ADAPTER);
            List<String> reported = new ArrayList<>();
            try (Adapter left = half.projected(adapter, planes::get, () -> reported.add("module"))) {
                assertThat(left.pairs().get("near").b().floats()).containsExactly(1, 0);
                assertThat(left.pairs().get("far").b().floats()[0]).isLessThan(0.1f);
            }
            assertThat(reported).as("signs of life").hasSize(2);
            SafeLora none = new SafeLora(0, SafeLora.Projector.ORTHOGONAL, SafeLora.Plane.PROXY_ADAPTER);
            try (Adapter left = none.projected(adapter, planes::get, () -> {})) {
                assertThat(left.pairs().get("far").b().floats()).containsExactly(1, 0);
            }
        }
    }

    private static Adapter.Pair pair(float... b) {
        return new Adapter.Pair(
                Tensor.of(new float[] {1, 1, 1}, 1, 3).leaf(),
                Tensor.of(b, b.length, 1).leaf(),
                1);
    }

    @Test
    void eachModuleIsProjectedInAScopeOfItsOwn() {
        try (Decoder base = Decoder.open(Golden.path("models/gemma"), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/gemma_lora"), base.config());
                Scope scope = Scope.open()) {
            SafeLora method = new SafeLora(3, SafeLora.Projector.PAPER, SafeLora.Plane.UNALIGNED_BASE);
            List<Long> live = new ArrayList<>();
            method.projected(
                            adapter,
                            module -> base.weights().get(module + ".weight").times(2),
                            () -> live.add(Scope.liveTensors()))
                    .close();
            for (int i = 1; i < live.size(); i++) {
                assertThat(live.get(i) - live.get(i - 1))
                        .as("live tensors: %s", live)
                        .isEqualTo(1); // its C B
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
