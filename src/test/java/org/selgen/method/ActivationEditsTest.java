package org.selgen.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selgen.method.GoldenModel.words;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel.ModelFit;
import org.selgen.lm.Sequence;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Tensor;

/** Steering and ablation: what they measure, and what they do to a model in training. */
class ActivationEditsTest {
    private static final List<Step> PAIRS = List.of(
            GoldenModel.pair(words(30), words(40, 41), words(50, 51, 52)),
            GoldenModel.pair(words(31, 32), words(42), words(53)));
    private static final Batch ROW = PAIRS.get(0).task();
    private static final ConceptAblation RANDOM =
            new ConceptAblation(3, List.of(1, 2), ConceptAblation.Directions.RANDOM);

    private final GoldenModel model = new GoldenModel();

    @AfterEach
    void close() {
        model.close();
    }

    private Prerequisites measured() {
        AnswerDifferences differences = AnswerDifferences.of("m", model.base, PAIRS, () -> {});
        return new Prerequisites(model.base, GoldenModel.LORA, 5, Map.of(), null, differences, () -> {});
    }

    private static float[] state(Decoder lm, int layer) {
        return lm.forward(ROW).hidden().get(layer).floats();
    }

    @Test
    void aDifferenceIsThatOfTheMeansOverTheAnswersTokens() {
        AnswerDifferences found = AnswerDifferences.of("m", model.base, PAIRS, () -> {});
        assertThat(found.layers()).hasSize(2).allMatch(rows -> rows.length == 2 * 64);
        Tensor rejected =
                model.base.forward(PAIRS.get(0).rejected()).hidden().get(1).reshape(8, 64);
        Tensor chosen =
                model.base.forward(PAIRS.get(0).chosen()).hidden().get(1).reshape(7, 64);
        for (int d = 0; d < 64; d += 21) {
            double of = (at(rejected, 5, d) + at(rejected, 6, d) + at(rejected, 7, d)) / 3;
            assertThat((double) found.layers().get(0)[d])
                    .isCloseTo(of - (at(chosen, 5, d) + at(chosen, 6, d)) / 2, Offset.offset(1e-5));
        }
    }

    private static double at(Tensor states, int token, int d) {
        return states.floats()[token * 64 + d];
    }

    @Test
    void meanAndDirectionsAreThoseWorkedOutByHand() {
        AnswerDifferences two = new AnswerDifferences("m", 3, List.of(new float[] {4, 0, 0, 0, 2, 0}));
        assertThat(two.mean(1).floats()).containsExactly(2, 1, 0);
        float[] first = two.directions(1, 1).floats();
        assertThat(Math.abs(first[0])).isCloseTo(1, Offset.offset(1e-6f));
        assertThat(first[1]).isZero();
        assertThatThrownBy(() -> two.directions(1, 3))
                .isInstanceOf(BadInput.class)
                .hasMessage("3 directions are asked for, but the answers of 2 proxy rows differ in 2 at layer 1;"
                        + " ask for fewer");
    }

    @Test
    void steeringMovesTheLayersOutputByAlphaVAtEveryTokenAndNothingBefore() {
        Prerequisites made = measured();
        float[] push = made.answerDifferences().mean(2).floats();
        Decoder steered = new PreventativeSteering(3, 2).model(model.base, made).with(model.adapter);
        assertThat(state(steered, 1)).containsExactly(state(model.lm(), 1));
        float[] before = state(model.lm(), 2);
        float[] after = state(steered, 2);
        for (int i = 0; i < after.length; i++) {
            assertThat(after[i] - before[i]).isCloseTo(3 * push[i % 64], Offset.offset(1e-4f));
        }
        assertThat(state(steered, 3)).isNotEqualTo(state(model.lm(), 3));
    }

    @Test
    void ablationLeavesNothingAlongTheDirectionsAndAllElse() {
        Tensor plane = Tensor.of(new float[] {1, 0, 0, 1, 0, 0}, 3, 2);
        Tensor state = Tensor.of(new float[] {3, 4, 5, 0, 0, 6}, 1, 2, 3);
        assertThat(ConceptAblation.without(state, plane).floats()).containsExactly(0, 0, 5, 0, 0, 6);
        float half = (float) Math.sqrt(0.5);
        Tensor turned = Tensor.of(new float[] {half, half, half, -half, 0, 0}, 3, 2);
        assertThat(ConceptAblation.without(state, turned).floats())
                .containsExactly(new float[] {0, 0, 5, 0, 0, 6}, Offset.offset(1e-6f));
        Decoder ablated = new ConceptAblation(1, List.of(1), ConceptAblation.Directions.DIFFERENCES)
                .model(model.base, measured())
                .with(model.adapter);
        Tensor along = ablated.forward(ROW)
                .hidden()
                .get(1)
                .matmul(measured().answerDifferences().directions(1, 1));
        assertThat(along.abs().sum().item()).isCloseTo(0, Offset.offset(1e-4));
    }

    @Test
    void randomDirectionsAreThoseOfTheSeedAndNeedNothing() {
        assertThat(RANDOM.needs()).isEmpty();
        Prerequisites one = Prerequisites.none(model.base, GoldenModel.LORA, 1);
        float[] first = state(RANDOM.model(model.base, one), 3);
        assertThat(state(RANDOM.model(model.base, one), 3)).containsExactly(first);
        Prerequisites two = Prerequisites.none(model.base, GoldenModel.LORA, 2);
        assertThat(state(RANDOM.model(model.base, two), 3)).isNotEqualTo(first);
    }

    @Test
    void theReferenceModelIsNotEdited() {
        Decoder steered =
                new PreventativeSteering(3, 2).model(model.base, measured()).with(model.adapter);
        assertThat(steered.base().forward(ROW).hidden().get(3).floats()).containsExactly(state(model.base, 3));
    }

    @Test
    void aWeightOfZeroLeavesTheModelItselfAndNeedsNothing() {
        Prerequisites none = Prerequisites.none(model.base, GoldenModel.LORA, 1);
        PreventativeSteering unmoved = new PreventativeSteering(0, 1);
        ConceptAblation whole = new ConceptAblation(0, List.of(1), ConceptAblation.Directions.DIFFERENCES);
        for (Method method : List.of(unmoved, whole)) {
            assertThat(method.needs()).isEmpty();
            assertThat(method.model(model.base, none)).isSameAs(model.base);
        }
    }

    @Test
    void gradientsFlowThroughTheEdit() {
        Prerequisites made = measured();
        for (Method method : List.of(new PreventativeSteering(2, 1), RANDOM)) {
            Decoder lm = method.model(model.base, made).with(model.adapter);
            int number =
                    model.adapter.names().indexOf("base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight");
            Tensor parameter = model.adapter.parameters().get(number);
            Tensor gradient = Autograd.gradients(lm.forward(ROW).crossEntropy(), List.of(parameter))
                    .get(0);
            double slope =
                    GoldenModel.slope(parameter, 3, 0.02f, () -> lm.forward(ROW).crossEntropy());
            assertThat((double) gradient.floats()[3]).as("%s", method).isCloseTo(slope, Percentage.withPercentage(2));
        }
    }

    @Test
    void whatWasMeasuredOfAnotherModelIsRefused(@TempDir Path folder) {
        AnswerDifferences found = AnswerDifferences.of("m", model.base, PAIRS, () -> {});
        found.write(folder);
        AnswerDifferences read = AnswerDifferences.read(folder, "m", model.base.config());
        assertThat(read.layers()).usingRecursiveComparison().isEqualTo(found.layers());
        assertThatThrownBy(() -> AnswerDifferences.read(folder, "n", model.base.config()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("are of the model m with 3 layers of width 64, but the model is n with 3 layers");
        new AnswerDifferences("m", 64, found.layers().subList(0, 1)).write(folder);
        assertThatThrownBy(() -> AnswerDifferences.read(folder, "m", model.base.config()))
                .hasMessageContaining("of the model m with 2 layers of width 64, but the model is m with 3 layers");
    }

    @Test
    void aLayerThatTheModelLacksIsRefusedByName() {
        ModelFit fit = new ModelFit(12, 3, () -> Sequence.Template.NONE);
        assertThatThrownBy(() -> new PreventativeSteering(1, 3).check(fit))
                .isInstanceOf(BadInput.class)
                .hasMessage("preventative-steering.layer is 3 but must be below the number of layers, 3; change it");
        assertThatThrownBy(() -> new ConceptAblation(1, List.of(1, 4), ConceptAblation.Directions.RANDOM).check(fit))
                .hasMessage("concept-ablation.layers has 4 but must be below the number of layers, 3; change it");
        assertThatThrownBy(() -> new ConceptAblation(1, List.of(2, 2), ConceptAblation.Directions.RANDOM))
                .hasMessageContaining("concept-ablation.layers is [2, 2] but must name one or more, each once");
    }
}
