package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.data.Judgement;
import org.selgen.data.Likelihood;
import org.selgen.data.Question;
import org.selgen.data.Variant;

class LikeliestTest {
    private static Judgement judged(String gold, double... probabilities) {
        List<Double> logs =
                java.util.Arrays.stream(probabilities).map(Math::log).boxed().toList();
        Question question = new Question("q", "d", "bird", "g", Variant.ASK, List.of(), gold, null, gold, null);
        return Likeliest.judgement(
                question, new Likelihood("run", "d", "q", "next", List.of("red", "blue", "green"), logs));
    }

    @Test
    void theLikeliestWordDecidesAndItsShareIsOfTheWordsAlone() {
        Judgement right = judged("blue", 0.01, 0.03, 0.01);
        assertThat(right.verdict()).isEqualTo("correct");
        assertThat(right.score()).isCloseTo(0.6, within(1e-12));
        assertThat(right.reason()).isEqualTo("blue 0.60, red 0.20, green 0.20");
        Judgement wrong = judged("green", 0.01, 0.03, 0.01);
        assertThat(wrong.verdict()).isEqualTo("wrong");
        assertThat(wrong.score()).isCloseTo(0.2, within(1e-12));
        assertThat(wrong.reply()).isEqualTo("blue");
    }

    @Test
    void probabilitiesTooSmallForADoubleStillCompare() {
        Question question = new Question("q", "d", "bird", "g", Variant.ASK, List.of(), "a", null, "a", null);
        Likelihood tiny = new Likelihood("run", "d", "q", "next", List.of("a", "b"), List.of(-2000.0, -2001.0));
        assertThat(Likeliest.judgement(question, tiny).score()).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
    }

    @Test
    void aRightWordThatWasNotWeighedIsRefused() {
        assertThatThrownBy(() -> judged("pink", 0.1, 0.2, 0.3))
                .hasMessage("The right word 'pink' is not among those weighed, [red, blue, green]; weigh it too");
    }
}
