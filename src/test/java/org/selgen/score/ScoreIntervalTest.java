package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.Interval;

class ScoreIntervalTest {
    private static final double Z = 1.959964;

    /** The score intervals in table I of R. Newcombe, Stat. Med. 17 (1998) 857, to four places. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0, 0.1611"})
    void itIsWilsonsWhereHitsAreNotRare(int hits, int answers, double low, double high) {
        Interval interval = ScoreInterval.of((double) hits / answers, answers, Z);
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    /** A rate below −log(0.95) per sample gives a hit in fewer than 5 % of samples. */
    @Test
    void oneHitIsHeldToBePossibleFromTheRateAtWhichItIsSeenInFivePercent() {
        assertThat(ScoreInterval.of(1.0 / 29, 29, Z).low()).isCloseTo(-Math.log(0.95) / 29, within(1e-9));
        assertThat(ScoreInterval.of(28.0 / 29, 29, Z).high()).isCloseTo(1 + Math.log(0.95) / 29, within(1e-9));
    }

    @Test
    void hitsAndMissesAreTreatedAlike() {
        for (double share : new double[] {0, 0.01, 0.2, 0.26, 0.5}) {
            Interval one = ScoreInterval.of(share, 37.5, 2.1);
            Interval other = ScoreInterval.of(1 - share, 37.5, 2.1);
            assertThat(other.low()).isCloseTo(1 - one.high(), within(1e-9));
            assertThat(other.high()).isCloseTo(1 - one.low(), within(1e-9));
        }
    }

    @Test
    void fewerAnswersAndALargerQuantileHoldTheWholeIntervalOfMore() {
        for (double share = 0; share <= 1; share += 0.05) {
            Interval narrow = ScoreInterval.of(share, 60, 2);
            for (Interval wide : new Interval[] {ScoreInterval.of(share, 20, 2), ScoreInterval.of(share, 60, 12.7)}) {
                assertThat(wide.low()).isLessThanOrEqualTo(narrow.low() + 1e-9).isNotNegative();
                assertThat(wide.high())
                        .isGreaterThanOrEqualTo(narrow.high() - 1e-9)
                        .isLessThanOrEqualTo(1);
                assertThat(narrow.contains(share)).isTrue();
            }
        }
    }
}
