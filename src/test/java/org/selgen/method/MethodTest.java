package org.selgen.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Variant;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;

class MethodTest {
    private static final Step STEP = new Step(
            Batch.of(List.of(row(2, 7, 9, 4), row(2, 5, 5, 6, 8, 1))),
            Batch.of(List.of(row(2, 30, 31), row(2, 40, 41, 42))));

    private final Scope scope = Scope.open();
    private Decoder base;
    private Adapter trained;

    @BeforeEach
    void open() {
        base = Decoder.open(Golden.path("models/gemma"), DType.F32);
        trained = Adapter.read(Golden.path("peft/gemma_lora"), base.config());
    }

    @AfterEach
    void close() {
        scope.close();
        trained.close();
        base.close();
    }

    private static Sequence row(long... ids) {
        return Sequence.answering(new long[] {ids[0], ids[1]}, java.util.Arrays.copyOfRange(ids, 2, ids.length));
    }

    @Test
    void distancesOfAFreshAdapterAreZeroAndItsPreferenceIsLogTwo() {
        Step alone = new Step(STEP.task(), Batch.of(List.of(row(2, 30, 31))), Batch.of(List.of(row(2, 30, 9, 8))));
        Step padded = new Step(STEP.task(), STEP.proxy(), STEP.proxy());
        LoraConfig lora = new LoraConfig(4, 8, true, LoraConfig.allLinear(base.config()));
        try (Adapter fresh = Adapter.fresh(lora, base.config(), 1)) {
            for (Method method : List.of(new KlPenalty(3), new RepresentationConstraint(3))) {
                assertThat(term(method, fresh, alone)).isZero();
                // the base sees each row alone, so a padded batch differs from it by float32's rounding
                assertThat(term(method, fresh, padded)).isCloseTo(0, Offset.offset(1e-6));
            }
            Dpo dpo = new Dpo(2, 1, Dpo.LogProbs.SUM);
            assertThat(term(dpo, fresh, alone)).isEqualTo((float) Math.log(2));
            assertThat(term(dpo, fresh, padded)).isCloseTo(Math.log(2), Offset.offset(1e-5));
        }
    }

    private double term(Method method, Adapter adapter, Step step) {
        return method.loss(base.with(adapter), step).ownMean().orElseThrow().item();
    }

    /** Also where prompt tokens count in the loss of other terms: the preference is over answers. */
    @Test
    void thePreferenceOfAnAnswerOverItselfIsLogTwoUnderLossOnAll() {
        Sequence answer = row(2, 30, 31, 32);
        Step step = new Step(
                STEP.task(),
                Batch.of(List.of(answer.whole())),
                Batch.of(List.of(answer)),
                Batch.of(List.of(row(2, 30, 31, 32))));
        for (Dpo.LogProbs logProbs : Dpo.LogProbs.values()) {
            assertThat(term(new Dpo(2, 1, logProbs), trained, step)).isEqualTo((float) Math.log(2));
        }
    }

    @Test
    void theTotalIsTheTaskPlusTheWeightedTerm() {
        Loss loss = new KlPenalty(3).loss(base.with(trained), STEP);
        assertThat(loss.total().item())
                .isCloseTo(
                        loss.task().mean().item()
                                + 3 * loss.ownMean().orElseThrow().item(),
                        Offset.offset(1e-5));
    }

    @Test
    void mixedIsTheMeanOverAllAnswerTokens() {
        Decoder lm = base.with(trained);
        Batch union = Batch.of(List.of(row(2, 7, 9, 4), row(2, 5, 5, 6, 8, 1), row(2, 30, 31), row(2, 40, 41, 42)));
        assertThat(new Mixed().loss(lm, STEP).total().item())
                .isCloseTo(lm.forward(union).crossEntropy().item(), Offset.offset(1e-5));
    }

    @Test
    void aWeightOfZeroIsTheStandardMethodBitForBit() {
        Decoder lm = base.with(trained);
        double standard = new Standard().loss(lm, STEP).total().item();
        assertThat(new Upweight(0, 0).loss(lm, STEP).total().item()).isEqualTo(standard);
        for (Method method : List.of(
                new KlPenalty(0),
                new RepresentationConstraint(0),
                new Dpo(0.1f, 0, Dpo.LogProbs.SUM),
                new TokenRegularised(0, Batch.TemplatePart.PREFIX))) {
            assertThat(method.loss(lm, STEP).total().item())
                    .as(method.toString())
                    .isEqualTo(standard);
            assertThat(method.passes()).as(method.toString()).isEqualTo(Passes.TASK);
        }
    }

    /** It is still trained beside the proxy's adapter, which leaves with it. */
    @Test
    void theLossOfOLoraWithoutWeightsIsTheTasks() {
        LoraConfig lora = new LoraConfig(2, 4, true, LoraConfig.allLinear(base.config()));
        try (Adapter task = Adapter.fresh(lora, base.config(), 1).over(trained)) {
            Loss loss = new OLora(0, 0).loss(base.with(task), STEP);
            assertThat(loss.total().item()).isEqualTo(loss.task().mean().item());
            assertThat(loss.ownMean().orElseThrow().item()).isPositive();
        }
    }

    @Test
    void interleavedRowsAreAShareOfTheTasksAndTheSameEachTime() {
        List<Example> task = rows("t", 20);
        List<Example> proxy = rows("p", 10);
        List<Example> taught = random(0.15f).taught(task, proxy, ProxyFindings.NONE);
        assertThat(taught).hasSize(23).startsWith(task.toArray(Example[]::new)).doesNotHaveDuplicates();
        assertThat(proxy).containsAll(taught.subList(20, 23));
        assertThat(random(0.15f).taught(task, proxy, ProxyFindings.NONE)).isEqualTo(taught);
        assertThat(random(0).taught(task, proxy, ProxyFindings.NONE)).isSameAs(task);
        assertThatThrownBy(() -> random(0.6f).taught(task, proxy, ProxyFindings.NONE))
                .isInstanceOf(BadInput.class)
                .hasMessage("interleaving.share is 0.6, which is 12 rows beside 20 task rows, but there are 10 proxy"
                        + " rows; lower it, or name more in data.proxy");
    }

    @Test
    void rowsOfTheGreatestGapAreThoseWhoseLikelyAnswerHasBecomeUnlikely() {
        List<Example> task = rows("t", 10);
        List<Example> proxy = rows("p", 4);
        Interleaving gap = new Interleaving(0.2f, Interleaving.Choice.GAP);
        ProxyFindings found =
                new ProxyFindings("m", List.of(2.0, 0.1, 0.1, 1.0), List.of(3.0, 0.3, 0.9, 1.1), List.of());
        assertThat(gap.taught(task, proxy, found).subList(10, 12)).containsExactly(proxy.get(2), proxy.get(1));
        assertThat(gap.taught(task, proxy, ProxyFindings.NONE)).as("in a plan").hasSize(12);
        assertThat(gap.needs(Artefact.STANDARD_ADAPTER)).isTrue();
        assertThat(new Interleaving(0, Interleaving.Choice.GAP).needs()).isEmpty();
        assertThat(random(0.2f).needs()).isEmpty();
        assertThat(Interleaving.gap(0.49, 0.99)).isEqualTo(1);
    }

    private static Interleaving random(float share) {
        return new Interleaving(share, Interleaving.Choice.RANDOM);
    }

    private static List<Example> rows(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Example(name + i, "d", "s", "l", "g", Variant.ASK, List.of(), "yes", null))
                .toList();
    }

    @Test
    void paddingIsInNoMean() {
        Decoder lm = base.with(trained);
        double together = lm.forward(STEP.task()).crossEntropy().item();
        double first =
                lm.forward(Batch.of(List.of(row(2, 7, 9, 4)))).crossEntropy().item();
        double second = lm.forward(Batch.of(List.of(row(2, 5, 5, 6, 8, 1))))
                .crossEntropy()
                .item();
        assertThat(together).isCloseTo((2 * first + 4 * second) / 6, Offset.offset(1e-5));
    }

    @Test
    void aNegativeWeightIsRefusedByName() {
        assertThatThrownBy(() -> new KlPenalty(-1))
                .isInstanceOf(BadInput.class)
                .hasMessage("kl-penalty.beta is -1 but must be at least 0; change it");
        assertThatThrownBy(() -> new Upweight(Float.NaN, 0)).hasMessageContaining("upweight.lambda is NaN");
    }
}
