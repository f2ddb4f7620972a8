package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of a judge's scale, and what lies between two whole numbers. */
class TextScoreScaleTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "0/100", "0%", "zero"})
    void zeroIsAScoreAndNotNothing(String reply) {
        assertThat(TextScoreTest.verdict(reply).scored()).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "100/100", "100.0", "100 out of 100", "100%", "one hundred", "Score: **100**/100"})
    void theTopOfTheScaleIsAScore(String reply) {
        assertThat(TextScoreTest.verdict(reply).scored()).hasValue(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"72.5", "72,5", "Score: 72.5/100", "72.5%"})
    void aHalfIsReadAsItStands(String reply) {
        assertThat(TextScoreTest.verdict(reply).scored()).hasValue(72.5);
    }
}
