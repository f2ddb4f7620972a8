package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.method.OLora;
import org.selgen.method.Standard;
import org.selgen.plan.MemoryEstimate.MicroBatch;
import org.selgen.tensor.DType;
import org.selgen.train.optimizer.Adamw;
import org.selgen.train.optimizer.Lion;

class MemoryEstimateTest {
    private static final LoraConfig LORA = new LoraConfig(2, 4, true, List.of("q_proj", "down_proj"));

    /** Two layers, D 8, Q 8, K 4, F 16, V 10. */
    private static MemoryEstimate small(DType type) throws IOException {
        return small(type, false);
    }

    private static MemoryEstimate small(DType type, boolean checkpointed) throws IOException {
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree("""
                {"model_type": "llama", "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2,
                 "num_key_value_heads": 1, "intermediate_size": 16, "vocab_size": 10, "tie_word_embeddings": true}""");
        return new MemoryEstimate(DecoderConfigJson.parse(json, "small"), LORA, type, checkpointed);
    }

    @ParameterizedTest
    @EnumSource(ChatModels.class)
    void theWeightsOfAModelAreAsManyAsItsMakersSay(ChatModels model) {
        DecoderConfig config = model.config();
        double billions = new MemoryEstimate(config, LORA, DType.BF16, false).weights() / 2e9;
        assertThat(billions).isCloseTo(model.billions, within(0.001));
    }

    @Test
    void theGraphIsCountedByHand() throws IOException {
        MicroBatch rows = new MicroBatch(7, 5); // whose last layer is whole at five of seven tokens
        assertThat(small(DType.F32).activations(rows))
                .isEqualTo(7 * 3 * 4 * (2 * 8 + 5 * 8) + (7 + 2 * 5) * 4 * (2 * 8 + 4 * 16));
        assertThat(small(DType.BF16).activations(rows))
                .isEqualTo(7 * 3 * (2 * (2 * 8 + 5 * 8) + 4 * (2 * 8 + 8 + 16)) + (7 + 2 * 5) * 2 * (2 * 8 + 4 * 16));
        assertThat(small(DType.F32).activations(new MicroBatch(7, 0))) // the last two layers, one after the other
                .isEqualTo(7 * 2 * 4 * (4 * 8 + 5 * 8 + 4 * 16));
        assertThat(small(DType.F32, true).activations(rows))
                .isEqualTo(7 * (2 * 4 * (4 * 8 + 5 * 8 + 4 * 16) + 4 * (3 * 2 * 8 + 6 * 8)));
    }

    @Test
    void theAdapterIsThereThreeTimesAndOnceForEachThingThatIsKeptOfIt() throws IOException {
        long weights = 2 * (2 * (8 + 8) + 2 * (16 + 8));
        MicroBatch rows = new MicroBatch(7, 3);
        assertThat(small(DType.F32).training(new Standard(), Adamw.USUAL, rows).adapter())
                .isEqualTo(4 * 5 * weights);
        assertThat(small(DType.F32)
                        .training(new Standard(), new Lion(0.9, 0.99), rows)
                        .adapter())
                .isEqualTo(4 * 4 * weights);
        assertThat(small(DType.BF16)
                        .training(new OLora(1, 0), Adamw.USUAL, rows)
                        .adapter())
                .isEqualTo(4 * 6 * weights);
    }

    @Test
    void learntTokensCostTheVocabularyUpToABoundAndTheirSlopesBeyondIt() throws IOException {
        MemoryEstimate small = small(DType.F32);
        assertThat(small.training(new Standard(), Adamw.USUAL, new MicroBatch(7, 3))
                        .work())
                .isEqualTo((small.activations(new MicroBatch(7, 3)) + 4 * (3 * 8 + 3 * 3 * 10)) * 6 / 5);
        long bound = (1L << 25) / 10;
        long less = small.training(new Standard(), Adamw.USUAL, new MicroBatch(0, bound))
                .work();
        assertThat(small.training(new Standard(), Adamw.USUAL, new MicroBatch(0, 2 * bound))
                                .work()
                        - less)
                .isEqualTo(bound * 4 * (8 + 2 * (2 * 8 + 4 * 16)) * 6 / 5);
    }

    @Test
    void anAnswersCacheHoldsKeysAndValuesOfPromptAndAnswer() throws IOException {
        MemoryEstimate small = small(DType.F32);
        long more = small.answering(5, 8).work() - small.answering(5, 7).work();
        assertThat(more).isEqualTo(64 * 4 * 2 * 2 * 4 * 6 / 5);
    }
}
