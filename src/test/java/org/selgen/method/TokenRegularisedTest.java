package org.selgen.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selgen.method.GoldenModel.row;
import static org.selgen.method.GoldenModel.words;

import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selgen.data.BadInput;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Batch.TemplatePart;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel.ModelFit;
import org.selgen.lm.Sequence;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Tensor;

class TokenRegularisedTest {
    private static final Step ROWS = step(row(words(30, 31), 40, 41), row(words(5), 33, 34, 35));

    private final GoldenModel model = new GoldenModel();

    @AfterEach
    void close() {
        model.close();
    }

    private static Step step(Sequence... rows) {
        Batch task = Batch.of(List.of(rows));
        return new Step(task, task);
    }

    private Tensor term(Decoder lm, TemplatePart part, Step step) {
        return new TokenRegularised(1, part).loss(lm, step).ownMean().orElseThrow();
    }

    @Test
    void theDistanceOfAFreshAdapterIsZero() {
        try (Adapter fresh = Adapter.fresh(GoldenModel.LORA, model.base.config(), 1)) {
            for (TemplatePart part : TemplatePart.values()) {
                assertThat(term(model.base.with(fresh), part, ROWS).item()).isCloseTo(0, Offset.offset(1e-9));
            }
        }
    }

    /** Attention looks back alone, so that the prefix does not know what comes behind it. */
    @Test
    void theDistanceAtThePrefixIsThatOfAnyOtherRow() {
        Step others = step(row(words(50, 51, 52), 3));
        double here = term(model.lm(), TemplatePart.PREFIX, ROWS).item();
        assertThat(here).isGreaterThan(1e-4);
        assertThat(term(model.lm(), TemplatePart.PREFIX, others).item())
                .isCloseTo(here, Percentage.withPercentage(0.01));
        assertThat(term(model.lm(), TemplatePart.SUFFIX, others).item())
                .isNotCloseTo(term(model.lm(), TemplatePart.SUFFIX, ROWS).item(), Percentage.withPercentage(1));
    }

    /** By hand, of the keys and values: the mean over layers and template tokens of both ratios' sum. */
    @ParameterizedTest
    @EnumSource(TemplatePart.class)
    void theDistanceIsTheMeanOverLayersAndTokensOfTheSumOfBothRatios(TemplatePart part) {
        List<Tensor> own = model.lm().forward(ROWS.task()).keysAndValues(part); // 2L × [M, K·E]
        List<Tensor> base = model.base.forward(ROWS.task()).keysAndValues(part);
        int tokens = Math.toIntExact(own.get(0).shape()[0]);
        int layers = own.size() / 2;
        double sum = 0;
        for (int i = 0; i < own.size(); i++) {
            for (int m = 0; m < tokens; m++) {
                sum += ratio(
                        own.get(i).rows(m, m + 1).floats(),
                        base.get(i).rows(m, m + 1).floats());
            }
        }
        assertThat(layers).isEqualTo(3);
        assertThat(tokens).as("two of each row").isEqualTo(4);
        assertThat(term(model.lm(), part, ROWS).item())
                .isCloseTo(sum / (layers * tokens), Percentage.withPercentage(0.01));
    }

    /** ‖x − x₀‖² / ‖x₀‖². */
    private static double ratio(float[] x, float[] zero) {
        double moved = 0;
        double norm = 0;
        for (int i = 0; i < x.length; i++) {
            moved += Math.pow((double) x[i] - zero[i], 2);
            norm += Math.pow(zero[i], 2);
        }
        return moved / norm;
    }

    /** By hand: an adapter on v of the first layer alone moves v there by s B A n, n the normed embedding. */
    @Test
    void theValuesOfTheFirstLayerMoveByTheAdaptersProduct() {
        Decoder lm = model.lm();
        Batch rows = ROWS.task();
        Tensor own = lm.forward(rows).keysAndValues(TemplatePart.SUFFIX).get(1); // [4, K·E]
        Tensor base = lm.reference(rows).keysAndValues(TemplatePart.SUFFIX).get(1);
        Adapter.Pair pair = model.adapter.pairs().get("model.layers.0.self_attn.v_proj");
        Tensor normed = normed(rows.ids()[4], model.base); // the first suffix token of the first row
        Tensor moved = normed.matmul(pair.a().detach().transpose())
                .matmul(pair.b().detach().transpose())
                .times(pair.scale());
        assertThat(own.rows(0, 1).minus(base.rows(0, 1)).floats())
                .containsExactly(moved.floats(), Offset.offset(1e-5f));
    }

    /** Gemma's: x √D / rms · (1 + w). */
    private static Tensor normed(long id, Decoder base) {
        float[] x =
                base.weights().get("model.embed_tokens.weight").rows(id, id + 1).floats();
        float[] w = base.weights().get("model.layers.0.input_layernorm.weight").floats();
        double squares = 0;
        for (float each : x) {
            squares += (double) each * each * x.length;
        }
        double rms = Math.sqrt(squares / x.length + 1e-6);
        for (int d = 0; d < x.length; d++) {
            x[d] = (float) (x[d] * Math.sqrt(x.length) / rms * (1 + w[d]));
        }
        return Tensor.of(x, 1, x.length);
    }

    @Test
    void itsGradientIsTheSlope() {
        Decoder lm = model.lm();
        List<Tensor> parameters = model.adapter.parameters();
        List<Tensor> gradients = Autograd.gradients(term(lm, TemplatePart.SUFFIX, ROWS), parameters);
        for (String name :
                List.of("model.layers.0.self_attn.v_proj.lora_B", "model.layers.1.self_attn.k_proj.lora_A")) {
            int number = model.adapter.names().indexOf("base_model.model." + name + ".weight");
            double slope =
                    GoldenModel.slope(parameters.get(number), 3, 0.01f, () -> term(lm, TemplatePart.SUFFIX, ROWS));
            assertThat((double) gradients.get(number).floats()[3]).isCloseTo(slope, Percentage.withPercentage(2));
        }
    }

    @Test
    void aRowIsPassedThroughTheBaseOnceAndThePrefixForAllRows() {
        long before = model.base.references().forwards();
        term(model.lm(), TemplatePart.PREFIX, ROWS);
        assertThat(model.base.references().forwards() - before).isEqualTo(1);
        term(model.lm(), TemplatePart.SUFFIX, ROWS);
        term(model.lm(), TemplatePart.SUFFIX, ROWS);
        assertThat(model.base.references().forwards() - before).isEqualTo(1 + 2);
    }

    @Test
    void aTemplateWithoutSuchTokensIsRefused() {
        TokenRegularised method = new TokenRegularised(1, TemplatePart.PREFIX);
        method.check(new ModelFit(7, 3, () -> new Sequence.Template(1, 2, 2)));
        assertThatThrownBy(() -> method.check(new ModelFit(7, 3, () -> new Sequence.Template(0, 2, 4))))
                .isInstanceOf(BadInput.class)
                .hasMessage("token-regularised.tokens is prefix but the chat template writes no token there; choose"
                        + " suffix, or give a chat.template that marks turns");
        Sequence bare = Sequence.answering(new long[] {2, 3}, new long[] {4});
        assertThatThrownBy(() -> method.loss(model.lm(), step(bare))).hasMessageContaining("writes no token there");
    }
}
