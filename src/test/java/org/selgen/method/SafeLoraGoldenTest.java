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
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.lm.Adapter;
import org.selgen.lm.AdapterFiles;
import org.selgen.lm.Decoder;
import org.selgen.lm.Goldens;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

class SafeLoraGoldenTest {
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
            projected(method, "number/", golden, adapter, planes);
            float threshold = (float) expected.path("threshold").asDouble();
            projected(
                    new SafeLora(null, threshold, SafeLora.Projector.PAPER, null, SafeLora.Plane.UNALIGNED_BASE),
                    "threshold/",
                    golden,
                    adapter,
                    planes);
        }
    }

    private static void projected(
            SafeLora method, String fixture, Golden golden, Adapter adapter, Map<String, Tensor> planes) {
        try (Adapter projected = method.projected(adapter, planes::get, () -> {})) {
            projected
                    .pairs()
                    .forEach((module, pair) ->
                            Goldens.close(fixture + AdapterFiles.keyB(module), pair.b(), golden, 1e-5, 0));
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
            SafeLora all = new SafeLora(1, SafeLora.Projector.ORTHOGONAL, SafeLora.Plane.UNALIGNED_BASE);
            assertThatThrownBy(() -> all.project("layers.0.q_proj", plane, b))
                    .isInstanceOf(BadInput.class)
                    .hasMessage(
                            "safe-lora.projector is orthogonal but the plane of layers.0.q_proj has all 2 directions, so"
                                    + " that projecting changes nothing; set safe-lora.directions below 2, or plane:"
                                    + " proxy-adapter");
            assertThatThrownBy(() -> orthogonal(2).project("m", plane, b)).isInstanceOf(BadInput.class);
            assertThat(orthogonal(1).project("m", plane, b).floats())
                    .as("the direction of the largest singular value")
                    .containsExactly(new float[] {3, 0}, Offset.offset(1e-6f));
        }
    }

    private static SafeLora orthogonal(int directions) {
        return new SafeLora(1, null, SafeLora.Projector.ORTHOGONAL, directions, SafeLora.Plane.UNALIGNED_BASE);
    }

    @Test
    void knobsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> new SafeLora(2, 0.5f, SafeLora.Projector.PAPER, null, SafeLora.Plane.PROXY_ADAPTER))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("safe-lora has layers 2 and threshold 0.5 but exactly one of them");
        assertThatThrownBy(() -> new SafeLora(null, null, SafeLora.Projector.PAPER, null, SafeLora.Plane.PROXY_ADAPTER))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("add one of them");
        assertThatThrownBy(() -> new SafeLora(2, null, SafeLora.Projector.PAPER, 3, SafeLora.Plane.PROXY_ADAPTER))
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
            SafeLora half = new SafeLora(null, 0.5f, SafeLora.Projector.ORTHOGONAL, null, SafeLora.Plane.PROXY_ADAPTER);
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
}
