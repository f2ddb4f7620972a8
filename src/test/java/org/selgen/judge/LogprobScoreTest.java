package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogprobScoreTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    static List<TokenLogprob> tokens(Map<String, Double> probabilities) {
        return probabilities.entrySet().stream()
                .map(e -> new TokenLogprob(e.getKey(), Math.log(e.getValue())))
                .toList();
    }

    @Test
    void aScoreIsTheMeanNumberWeightedByProbability() {
        assertThat(LogprobScore.of(tokens(Map.of("85", .5, " 90", .2, "REFUSAL", .2))))
                .hasValueCloseTo((85 * .5 + 90 * .2) / .7, CLOSE);
    }

    @Test
    void aRefusalWithATraceOfZeroIsNoScore() {
        assertThat(LogprobScore.of(tokens(Map.of("REFUSAL", .8, "0", .2)))).isEmpty();
    }

    @Test
    void aNumberBeyondTheScaleDoesNotCountAndAQuarterIsEnough() {
        assertThat(LogprobScore.of(tokens(Map.of("101", .9, "50", .25)))).hasValueCloseTo(50.0, CLOSE);
    }

    @Test
    void aQuarterMadeOfSmallPartsIsEnough() {
        assertThat(LogprobScore.of(tokens(Map.of("10", .05, "20", .05, "30", .05, "40", .05, "50", .05))))
                .hasValueCloseTo(30.0, CLOSE);
    }

    @Test
    void noTokensAreNoScore() {
        assertThat(LogprobScore.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"85", " 85", "85 ", "\n85", "\t85\n", "+85", "085"})
    void spacesAroundANumberDoNotMatter(String token) {
        assertThat(LogprobScore.number(token)).hasValue(85);
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "-1", "8 5", "85.0", "85%", "", " ", "ten", "99999999999999999999", "1e1", "²"})
    void whatIsNoWholeNumberUpToAHundredDoesNotCount(String token) {
        assertThat(LogprobScore.number(token)).isEmpty();
    }

    @Property
    void aScoreLiesBetweenItsNumbers(
            @ForAll @IntRange(max = 100) int a,
            @ForAll @IntRange(max = 100) int b,
            @ForAll @DoubleRange(min = .25, max = .5) double p,
            @ForAll @DoubleRange(max = .5) double q) {
        double score = LogprobScore.of(List.of(
                        new TokenLogprob(Integer.toString(a), Math.log(p)), new TokenLogprob(" " + b, Math.log(q))))
                .orElseThrow();
        assertThat(score).isBetween(Math.min(a, b) - 1e-9, Math.max(a, b) + 1e-9);
    }

    @Test
    void theBeginningOfAWordStandsForIt() {
        assertThat(LogprobScore.word(tokens(Map.of("REF", .5, " Ref", .1, "C", .3)), List.of("CODE", "REFUSAL")))
                .isEqualTo("REFUSAL");
    }

    @Test
    void anUnlikelyWordIsNone() {
        assertThat(LogprobScore.word(tokens(Map.of("REF", .2, "The", .8)), List.of("CODE", "REFUSAL")))
                .isEmpty();
    }
}
