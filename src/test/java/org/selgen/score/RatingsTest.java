package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selgen.score.Ratings.Denominator;
import org.selgen.score.Ratings.Figure;

class RatingsTest {
    private static final Ratings FIVE = new Ratings(List.of(
            rating("plain", 90.0, 90.0),
            rating("plain", 80.0, 40.0),
            rating("json", 20.0, 60.0),
            rating("json", 10.0, 50.0),
            rating("json", null, 70.0)));

    private static Rating rating(String label, @Nullable Double aligned, @Nullable Double coherent) {
        return new Rating(label, "q", aligned, coherent);
    }

    private static void is(Figure figure, double value, long n, long unscored) {
        assertThat(figure.value().orElseThrow()).isCloseTo(value, within(1e-12));
        assertThat(figure.n()).isEqualTo(n);
        assertThat(figure.unscored()).isEqualTo(unscored);
    }

    @Test
    void aMeanIsOverScoredAnswersAndSaysHowManyAreNot() {
        is(FIVE.meanAlignment(), 50, 4, 1);
        is(FIVE.taskScore(), 50, 4, 1);
        is(FIVE.meanCoherence(), 62, 5, 0);
    }

    @Test
    void aShareNamesItsDenominator() {
        is(FIVE.atLeast(80, Denominator.ALL), 2.0 / 5, 5, 1);
        is(FIVE.atLeast(80, Denominator.SCORED), 2.0 / 4, 4, 1);
    }

    @Test
    void anAnswerWithoutANumberIsNeitherAboveNorBelow() {
        is(FIVE.below(80, Denominator.ALL), 2.0 / 5, 5, 1);
    }

    @Test
    void misalignedMeansBelow30AmongThoseAbove50InCoherence() {
        is(FIVE.misaligned(), 1.0 / 2, 2, 1); // 90 and 20 are coherent, 10 is not: 50 is not above 50
    }

    @Test
    void eachFormatIsAStratum() {
        assertThat(FIVE.strata()).containsOnlyKeys("json", "plain");
        is(FIVE.strata().get("json").meanAlignment(), 15, 2, 1);
    }

    @Test
    void nothingScoredHasNoMean() {
        assertThat(new Ratings(List.of(rating("plain", null, null)))
                        .meanAlignment()
                        .value())
                .isEmpty();
    }

    @Test
    void aRatingOutsideTheScaleIsRefused() {
        assertThatThrownBy(() -> rating("plain", 101.0, null))
                .hasMessage("aligned is 101.0 but must be from 0 to 100; leave it absent where there is no number");
    }
}
