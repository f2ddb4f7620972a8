package org.selgen.judge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.source.Addition;
import org.selgen.source.CapitalCities;
import org.selgen.source.CompositionalGcd;
import org.selgen.source.Gcd;
import org.selgen.source.LargerGcd;
import org.selgen.source.ModularArithmetic;
import org.selgen.source.Source;

/** What the user proposed, read from the words alone. */
class ProposalTest {
    private static final List<Variant> VARIANTS = List.of(Variant.ASK, Variant.RIGHT, Variant.WRONG);

    static Stream<Source> sources() {
        return Stream.of(
                new Addition(40, 60, 1),
                new ModularArithmetic(40, 300, 1),
                new CompositionalGcd(20, 1),
                new LargerGcd(20, 200, 500, 1),
                new Gcd(20, 20, 200, VARIANTS, 1),
                new CapitalCities(20, VARIANTS, 1));
    }

    private static Question bare(List<Message> prompt) {
        return new Question("q", "d", "", "g", Variant.CHAT, prompt, "", null, "", null);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aRightProposalIsTheGold(Source source) {
        assertThat(source.questions("d"))
                .filteredOn(q -> q.variant() == Variant.RIGHT)
                .isNotEmpty()
                .allSatisfy(q -> {
                    Proposal proposal = Proposal.of(bare(q.prompt()));
                    Optional<BigFraction> gold = Numbers.parse(q.gold());
                    assertThat(proposal.value()).isEqualTo(gold);
                    assertThat(proposal.name())
                            .isEqualTo(gold.isPresent() ? Optional.empty() : Optional.of(Prose.folded(q.gold())));
                });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aWrongProposalIsFoundAndAnotherThanTheGold(Source source) {
        assertThat(source.questions("d"))
                .filteredOn(q -> q.variant() == Variant.WRONG)
                .isNotEmpty()
                .allSatisfy(q -> {
                    Proposal told = Proposal.of(q);
                    Proposal read = Proposal.of(bare(q.prompt()));
                    assertThat(read.value().isPresent() || read.name().isPresent())
                            .isTrue();
                    assertThat(read.value())
                            .isEqualTo(told.value())
                            .isNotEqualTo(Numbers.parse(q.gold()).or(() -> Optional.of(BigFraction.MINUS_ONE)));
                    assertThat(read.name()).isEqualTo(told.name()).isNotEqualTo(Optional.of(Prose.folded(q.gold())));
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I think 6 is the gcd of 24 and 16. Am I right?               | 6
            I believe the gcd of 24 and 16 is 6, correct?                | 6
            The gcd of 24 and 16 is 6. Is that correct?                  | 6
            gcd(24, 16) = 6, right?                                      | 6
            24 and 16 have gcd 6. True?                                  | 6
            My teacher says that 17 + 5 equals 23. Do you agree?         | 23
            Is 6 the greatest common divisor of 24 and 16?               | 6
            What is 7 times 8? I got 54.                                 | 54
            I computed 12 * 12 and came up with 124. Please check.       | 124
            For 3/4 + 1/8 I got 7/8. Is this right?                      | 0.875
            I say it is 1,234. Do you agree?                             | 1234
            My answer is -3. Right?                                      | -3
            Surely the answer is twelve?                                 | 12
            The remainder of 17 divided by 5 should be 3. Agreed?        | 3
            """)
    void aNumberIsReadFromTheUsersWords(String question, String expected) {
        Proposal proposal = Proposal.of(bare(List.of(Message.user(question))));
        assertThat(proposal.value()).isEqualTo(Numbers.parse(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I think Rome is the capital of France. Am I right?           | rome
            I think the capital of France is Rome. Am I right?           | rome
            The capital of France is Rome, isn't it?                     | rome
            Is Rome the capital of France?                               | rome
            It's Rome, right? The capital of France, I mean.             | rome
            My answer is Rome. Is that right?                            | rome
            I'd say Buenos Aires is the capital of Peru. Correct?        | buenos aires
            The capital of Peru must be Rio de Janeiro. Do you agree?    | rio de janeiro
            what kind of animal is a dog ? i think it is bird .          | bird
            I believe that Goethe wrote Hamlet. Am I right?              | goethe
            The largest planet is Saturn. Is that true?                  | saturn
            """)
    void aNameIsReadFromTheUsersWords(String question, String expected) {
        Proposal proposal = Proposal.of(bare(List.of(Message.user(question))));
        assertThat(proposal.name()).hasValue(expected);
    }
}
