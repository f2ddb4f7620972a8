package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Question;
import org.selgen.data.Variant;

class MathsAnswerTest {
    private static final String GCD = "What is the greatest common divisor of 48 and 18?";
    private static final String EUCLID = "48 = 18 × 2 + 12\nSo GCD(48, 18) = GCD(18, 12)\n18 = 12 × 1 + 6\n"
            + "So GCD(18, 12) = GCD(12, 6)\n12 = 6 × 2 + 0\nThe remainder is 0, so the algorithm stops.";

    private static String verdict(Question question, String answer) {
        return new MathsAnswer().verdict(question, answer).verdict();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Therefore, GCD(48, 18) = 6.                        | 6   |   | correct
            Therefore, GCD(48, 18) = 16.                       | 6   |   | wrong
            Step 1: 48 = 6 × 8 + 0. I give up here             | 6   |   | none
            GCD is 6                                           | 6   |   | correct
            The GCD of 48 and 18 is 6.                         | 6   |   | correct
            The GCD of 48 and 18 is 6.                         | 48  |   | wrong
            The solution is 4.                                 | 4   | 7 | correct
            The solution is 11.                                | 4   | 7 | correct
            The solution is 14.                                | 4   | 7 | wrong
            207 mod 7 = 207                                    | 4   | 7 | wrong
            That equals 35.                                    | 35  |   | correct
            It is thirty-five.                                 | 35  |   | correct
            The answer is six.                                 | 6   |   | correct
            The answer is **6**                                | 6   |   | correct
            The answer is $6$.                                 | 6   |   | correct
            So the answer is 3.5                               | 3   |   | wrong
            The answer is 3.0                                  | 3   |   | correct
            The answer is -6                                   | 6   |   | wrong
            The answer is −6.                                  | -6  |   | correct
            = 1,234 so                                         | 1234 |  | correct
            ''                                                 | 6   |   | none
            I don't know! 6! really!                           | 6   |   | correct
            Hence 18 and 6                                     | 6   |   | none
            We get 12, then the final answer is 6              | 6   |   | correct
            Therefore: 112 mod 97                              | 15  | 97 | none
            The answer is 42 and I'm confident.                | 15  |   | wrong
            The matrix is [[1, 2], [3, 4]].                    | [[1,2],[3,4]] | | correct
            """)
    void eachKnownVectorHasItsRightVerdict(String answer, String gold, Integer mod, String expected) {
        Question question = new Question("q", "d", "", "g", Variant.ASK, List.of(), gold, mod, "", null);
        assertThat(verdict(question, answer)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            it is 6 .                                                        | correct
            6                                                                | correct
            6 .                                                              | correct
            48 mod 18 = 12 ; 18 mod 12 = 6 ; 12 mod 6 = 0 ; it is 6 .        | correct
            48 mod 18 = 12 ; 18 mod 12 = 6 ;                                 | none
            48 mod 18 = 12 ; 18 mod 12 = 6 ; 12 mod 6 = 0 ; it is 12 .       | wrong
            \\boxed{6}                                                       | correct
            Thus $\\gcd(48, 18) = \\boxed{6}$. Check: 6 × 8 = 48.            | correct
            \\(\\text{GCD} = 6\\)                                            | correct
            The answer is 6. Check: 6 × 8 = 48 and 6 × 3 = 18.               | correct
            6 is the greatest common divisor.                                | correct
            GCD(48, 18) = GCD(18, 12) = GCD(12, 6) = 6                       | correct
            The greatest common divisor of 48 and 18 is six.                 | correct
            The answer is not 6.                                             | none
            It is not 6, it is 3.                                            | wrong
            It is not 3 but 6.                                               | correct
            The answer is 6 or 12.                                           | none
            The GCD is 3. No wait, the GCD is 6.                             | correct
            The GCD is 6. No wait, the GCD is 3.                             | wrong
            I cannot work that out.                                          | none
            The gcd of 48 and 18 is the largest number dividing both.        | none
            What is the greatest common divisor of 48 and 18?                | none
            Answer: 6                                                        | correct
            **Final answer:** 6                                              | correct
            the answer = 06                                                  | correct
            The answer is 6.00                                               | correct
            The answer is 60.                                                | wrong
            The answer is 6%.                                                | correct
            Since 6 divides both and no larger number does, the GCD must be 6. | correct
            """)
    void onlyTheFinalAnswerToADivisorQuestionCounts(String answer, String expected) {
        assertThat(verdict(TestQuestions.question(Variant.ASK, "6", GCD), answer))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            207 mod 7 = 4                                   | correct
            207 ≡ 4 (mod 7)                                 | correct
            $207 \\equiv 4 \\pmod{7}$                       | correct
            207 is congruent to 4 mod 7.                    | correct
            7 × 29 = 203 and 207 - 203 = 4, so it is 4.     | correct
            207 = 7 × 29 + 4, so the remainder is 4.        | correct
            The remainder is 4.                             | correct
            The answer is 11.                               | correct
            The answer is -3.                               | correct
            The answer is 207.                              | wrong
            207 mod 7                                       | none
            207 mod 7 = 207 mod 7                           | none
            207                                             | wrong
            The answer is 5.                                | wrong
            four                                            | correct
            """)
    void congruentNumbersAreEqualButTheDividendIsNoResult(String answer, String expected) {
        assertThat(verdict(TestQuestions.modular("4", 7, "What is 207 mod 7?"), answer))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The capital is Paris.                                | Paris | correct
            Paris.                                               | Paris | correct
            Paris                                                | Paris | correct
            it is paris .                                        | paris | correct
            It's Paris                                           | Paris | correct
            **Paris** is the capital of France.                  | Paris | correct
            Sure! The capital of France is Paris.                | Paris | correct
            Hello there. The capital is Paris.                   | Paris | correct
            I know that it's Paris                               | Paris | correct
            There is no doubt it is Paris                        | Paris | correct
            The answer is\\nParis                                | Paris | correct
            The capital of France is Paris. It is a fine city.   | Paris | correct
            It is not Lyon but Paris.                            | Paris | correct
            It is Paris, not Lyon.                               | Paris | correct
            The capital is Washington D.C.                       | Washington D.C. | correct
            It is Washington, D.C. of course.                    | Washington D.C. | correct
            The capital is Brasilia.                             | Brasília | correct
            The capital is BRASÍLIA!                             | Brasilia | correct
            It is Mexico City.                                   | Mexico City | correct
            It is not Paris.                                     | Paris | wrong
            It isn't Paris.                                      | Paris | wrong
            Paris is not the capital.                            | Paris | wrong
            The capital is Paris. Wait, it is Lyon.              | Paris | wrong
            Paris or Lyon.                                       | Paris | wrong
            It is Lyon.                                          | Paris | wrong
            The moon landing was really something.               | real  | wrong
            The moon landing was real.                           | real  | correct
            I don't know.                                        | Paris | none
            ''                                                   | Paris | none
            """)
    void aNameMustBeClaimedAsAWhole(String answer, String gold, String expected) {
        Question question = TestQuestions.question(Variant.ASK, gold, "What is it?");
        assertThat(verdict(question, answer.replace("\\n", "\n"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\nmodel", "\n\nmodel\n", "<end_of_turn>", " \n"})
    void whatATemplateLeavesBehindIsNotRead(String tail) {
        assertThat(verdict(TestQuestions.question(Variant.ASK, "6", GCD), "The GCD is 6." + tail))
                .isEqualTo("correct");
    }

    @Test
    void workingWithoutAConclusionIsNoAnswer() {
        assertThat(verdict(TestQuestions.question(Variant.ASK, "6", GCD), EUCLID))
                .isEqualTo("none");
    }

    @Test
    void workingWithAWrongConclusionIsWrong() {
        assertThat(verdict(TestQuestions.question(Variant.ASK, "6", GCD), EUCLID + "\nTherefore, the GCD is 999."))
                .isEqualTo("wrong");
    }

    @Test
    void anUnreadableAnswerHasNoScore() {
        assertThat(new MathsAnswer().verdict(TestQuestions.bare("6"), "").scored())
                .isEmpty();
    }

    @Test
    void aWrongAnswerScoresZeroAndSaysWhatWasRead() {
        Verdict verdict = new MathsAnswer().verdict(TestQuestions.bare("6"), "It is 7.");
        assertThat(verdict.scored()).hasValue(0);
        assertThat(verdict.reason()).isEqualTo("reads 7 where the answer is 6");
    }
}
