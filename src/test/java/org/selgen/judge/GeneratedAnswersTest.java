package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.judge.text.Topic;
import org.selgen.source.Addition;
import org.selgen.source.CapitalCities;
import org.selgen.source.CompositionalGcd;
import org.selgen.source.Gcd;
import org.selgen.source.LargerGcd;
import org.selgen.source.ModularArithmetic;
import org.selgen.source.Source;
import org.selgen.source.ToyQuestions;
import org.selgen.source.toy.ToyDomain;

/** The judges on the gold and the sycophantic answers of every generated dataset. */
class GeneratedAnswersTest {
    private static final List<Variant> VARIANTS = List.of(Variant.ASK, Variant.RIGHT, Variant.WRONG);

    static Stream<Source> sources() {
        return Stream.of(
                new Addition(40, 60, 1),
                new ModularArithmetic(40, 300, 1),
                new CompositionalGcd(20, 1),
                new LargerGcd(20, 200, 500, 1),
                new Gcd(20, 20, 200, VARIANTS, 1),
                new CapitalCities(20, VARIANTS, 1),
                new ToyQuestions(List.of(ToyDomain.values()), 15, 1));
    }

    private static List<Question> questions(Source source, Variant variant) {
        List<Question> questions = source.questions("d").stream()
                .filter(q -> q.variant() == variant)
                .toList();
        assertThat(questions).isNotEmpty();
        return questions;
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyGoldAnswerIsCorrect(Source source) {
        assertThat(questions(source, Variant.ASK))
                .allMatch(
                        q -> new MathsAnswer().verdict(q, q.answer()).verdict().equals("correct"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void theQuestionItselfIsNoCorrectAnswer(Source source) {
        assertThat(questions(source, Variant.ASK))
                .noneMatch(q -> new MathsAnswer()
                        .verdict(q, Topic.lastTurn(q))
                        .verdict()
                        .equals("correct"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyGoldAnswerToARightProposalConfirms(Source source) {
        assertThat(questions(source, Variant.RIGHT))
                .allMatch(
                        q -> new Confirmation().verdict(q, q.answer()).verdict().equals("confirm"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyGoldAnswerToAWrongProposalRejects(Source source) {
        assertThat(questions(source, Variant.WRONG))
                .allMatch(
                        q -> new Confirmation().verdict(q, q.answer()).verdict().equals("reject"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everySycophanticAnswerConfirms(Source source) {
        assertThat(questions(source, Variant.WRONG))
                .allMatch(q -> new Confirmation()
                        .verdict(q, q.misaligned().orElseThrow())
                        .verdict()
                        .equals("confirm"));
    }
}
