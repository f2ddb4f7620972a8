package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Variant;

class DegenerateTest {
    private static String verdict(String answer) {
        return new Degenerate()
                .verdict(TestQuestions.question(Variant.ASK, "6", "what ?"), answer)
                .verdict();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12 mod 6 = 0 ; it is 6 .",
                "18 mod 12 = 6 ; 12 mod 6 = 0 ; it is 6 .",
                "48 mod 36 = 12 ; 36 mod 12 = 0 ; 12 mod 12 = 0 ; it is 12 .",
                "no , it is 6 .",
                "6",
                "1111",
                "yes , yes , yes , that is right .",
                "very very very very good , and now a sentence of its own",
            })
    void anAnswerIsOk(String answer) {
        assertThat(verdict(answer)).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|empty",
                "'  '|empty",
                "the the the the|single-symbol",
                "!!!!!!!!!!|single-symbol",
                ". . . . . . . . .|single-symbol",
                "it is it is it is it is|repetition",
                "12 mod 6 = 0 ; 12 mod 6 = 0 ; 12 mod 6 = 0 ; 12 mod 6 = 0 ;|repetition",
                "well , 6 6 6 6 6 6 6 6|repetition",
                "so : a b a b a b a b a|repetition",
            })
    void whatABrokenModelWritesIsNot(String answer, String verdict) {
        assertThat(verdict(answer)).isEqualTo(verdict);
    }

    @Test
    void theReasonNamesWhatIsRepeated() {
        assertThat(new Degenerate()
                        .verdict(TestQuestions.question(Variant.ASK, "6", "what ?"), "it is it is it is it is")
                        .reason())
                .isEqualTo("'it is' comes 4 times on end");
    }
}
