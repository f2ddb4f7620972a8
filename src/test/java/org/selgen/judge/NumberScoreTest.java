package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.selgen.judge.LogprobScoreTest.tokens;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.selgen.judge.NumberScore.NextTokens;

class NumberScoreTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    private static NextTokens model(Map<String, Map<String, Double>> next) {
        return begun -> begun.stream()
                .map(each -> tokens(next.getOrDefault(each.said(), Map.of(".", 1.0))))
                .toList();
    }

    private static List<TokenLogprob> of(NextTokens model) {
        return NumberScore.of(1, model).get(0);
    }

    /** The probability of a number, 0 where it has none. */
    private static double p(List<TokenLogprob> tokens, String number) {
        return tokens.stream()
                .filter(t -> t.token().equals(number))
                .mapToDouble(TokenLogprob::probability)
                .sum();
    }

    @Test
    void digitsMultiplyAndANumberEndsWhereNoDigitFollows() {
        List<TokenLogprob> numbers = of(model(Map.of(
                "", Map.of("8", .6, "9", .4),
                "8", Map.of("5", .5, "0", .25, ".", .25),
                "9", Map.of("0", 1.0))));
        assertThat(p(numbers, "85")).isCloseTo(.3, CLOSE);
        assertThat(p(numbers, "80")).isCloseTo(.15, CLOSE);
        assertThat(p(numbers, "8")).isCloseTo(.15, CLOSE);
        assertThat(p(numbers, "90")).isCloseTo(.4, CLOSE);
        assertThat(LogprobScore.of(numbers)).hasValueCloseTo(85 * .3 + 80 * .15 + 8 * .15 + 90 * .4, CLOSE);
    }

    @Test
    void aHundredIsThreeDigitsAndWhatGoesBeyondCountsNowhere() {
        List<TokenLogprob> numbers = of(model(Map.of(
                "", Map.of("1", 1.0),
                "1", Map.of("0", .5, "2", .5),
                "10", Map.of("0", .8, "1", .1, ".", .1),
                "12", Map.of("0", 1.0))));
        assertThat(p(numbers, "100")).isCloseTo(.4, CLOSE);
        assertThat(p(numbers, "10")).isCloseTo(.05, CLOSE);
        assertThat(p(numbers, "12")).isCloseTo(0, CLOSE);
        assertThat(p(numbers, "120")).isZero();
    }

    @Test
    void wholeNumberTokensGiveTheSameAsTheFirstTokenAlone() {
        Map<String, Double> first = Map.of("85", .5, " 90", .2, "REFUSAL", .2);
        assertThat(LogprobScore.of(of(model(Map.of("", first)))))
                .hasValueCloseTo(LogprobScore.of(tokens(first)).orElseThrow(), CLOSE);
    }

    @Test
    void aSpaceOfItsOwnBeforeTheDigitsIsPartOfTheNumber() {
        List<TokenLogprob> numbers = of(model(Map.of(
                "", Map.of(" ", 1.0),
                " ", Map.of("7", 1.0),
                " 7", Map.of("0", 1.0))));
        assertThat(p(numbers, "70")).isCloseTo(1, CLOSE);
    }

    @Test
    void wordsStayAsFirstTokens() {
        assertThat(of(model(Map.of("", Map.of("REF", .9, "7", .1)))))
                .anyMatch(t -> t.token().equals("REF"));
    }
}
