package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selgen.Golden;
import org.selgen.tensor.ActivationCheckpointing;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/** The last layer at some positions is that of all positions, there. */
class LastLayerTest {
    /** How a decoder passes rows. */
    enum Pass {
        PLAIN,
        DROPPING,
        CHECKPOINTED,
        EDITED;

        Decoder of(Decoder lm) {
            return switch (this) {
                case PLAIN -> lm;
                case DROPPING -> lm.withDropout(0.5f, 3).inStep(2);
                case CHECKPOINTED -> lm.checkpointed();
                case EDITED -> lm.edited(Map.of(lm.config().layers(), state -> state.times(2)));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void someOfItsPositionsAreThoseOfAll(Pass pass) {
        Batch rows = Batch.of(List.of(row(4, 9), row(1, 5), row(6, 7)));
        try (Decoder base = Decoder.open(Golden.path("models/gemma2"), DType.F64);
                Scope scope = Scope.open();
                Adapter adapter = GradientGoldenTest.Doubles.fresh(
                        new LoraConfig(2, 4, true, LoraConfig.allLinear(base.config())), base.config());
                ActivationCheckpointing graph = ActivationCheckpointing.open()) {
            Decoder lm = pass.of(base.with(adapter));
            Tensor predicting = Tensor.of(rows.predicting());
            Forward forward = lm.forward(rows);
            List<Tensor> hidden = forward.hidden();
            List<Tensor> answers = forward.answers();
            assertThat(answers).hasSize(hidden.size() - 1);
            for (int l = 0; l < answers.size(); l++) {
                equal(answers.get(l), Tensors.positions(hidden.get(l + 1), predicting));
            }
            List<Tensor> parameters = adapter.parameters();
            List<Tensor> some =
                    graph.gradientsOfSeveral(forward.lastOfAnswers().square().sum(), parameters);
            Tensor whole = Tensors.positions(hidden.get(hidden.size() - 1), predicting);
            List<Tensor> all = graph.gradientsOfSeveral(whole.square().sum(), parameters);
            for (int i = 0; i < all.size(); i++) {
                equal(some.get(i), all.get(i));
            }
            assertThat(forward.at(Tensor.of(new long[0])).get(1).shape())
                    .containsExactly(0, lm.config().hidden());
        }
    }

    private static Sequence row(int prompt, int length) {
        long[] ids = new long[length];
        for (int i = 0; i < length; i++) {
            ids[i] = 5 + 3L * i + prompt;
        }
        return Sequence.answering(Arrays.copyOf(ids, prompt), Arrays.copyOfRange(ids, prompt, length));
    }

    private static void equal(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double[] found = actual.doubles();
        double[] wanted = expected.doubles();
        for (int i = 0; i < wanted.length; i++) {
            assertThat(found[i]).isCloseTo(wanted[i], Offset.offset(1e-9 * (1 + Math.abs(wanted[i]))));
        }
    }
}
