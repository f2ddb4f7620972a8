package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;
import org.selgen.tensor.LayerShape;
import org.selgen.tensor.MappedTensor;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

class NormGoldenTest {
    private static final Map<String, SafetensorsEntry> FIXTURE =
            SafetensorsFile.open(Golden.committed("families/norms.safetensors")).entries();

    @ParameterizedTest
    @ValueSource(strings = {"llama", "olmo2", "gemma3_text"})
    void inBfloat16ANormRoundsWhereItsFamilyDoes(String family) {
        DecoderConfig config = config(family);
        long[] ints = {1, 1, 2, 0, config.normRoundsFirst() ? 1 : 0};
        LayerShape shape = new LayerShape(ints, new double[] {1e-6, 1, 0}, new long[1], new long[1], new long[0]);
        try (Scope scope = Scope.open()) {
            Tensor weight = tensor("weight").to(DType.F32);
            Tensor factor = config.normPlusOne() ? Tensors.plusOne(weight) : weight;
            assertThat(Tensors.norm(tensor("x"), factor, shape).floats())
                    .containsExactly(tensor(family).floats());
        }
    }

    private static Tensor tensor(String name) {
        return MappedTensor.of(FIXTURE.get(name));
    }

    private static DecoderConfig config(String family) {
        return DecoderConfigJson.parse(
                new ObjectMapper()
                        .createObjectNode()
                        .put("model_type", family)
                        .put("vocab_size", 8)
                        .put("hidden_size", 8)
                        .put("intermediate_size", 8)
                        .put("num_hidden_layers", 1)
                        .put("num_attention_heads", 1)
                        .put("num_key_value_heads", 1),
                "config.json");
    }
}
