package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;

class LoglikelihoodScorerTest {
    private static final Offset<Double> NEAR = Offset.offset(1e-4);
    private static LanguageModel tiny;

    @BeforeAll
    static void open() {
        tiny = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32);
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    private static List<Message> chat(String text) {
        return List.of(Message.user(text));
    }

    /** The definition: one pass over prompt, beginning and word, the word's tokens alone counted. */
    private static double byDefinition(List<Message> chat, String beginning, String word) {
        long[] prompt = tiny.encoder(1000).prompt(chat);
        long[] begun = tiny.tokenizer().encode(beginning);
        long[] before = Arrays.copyOf(prompt, prompt.length + begun.length);
        System.arraycopy(begun, 0, before, prompt.length, begun.length);
        Sequence row = Sequence.answering(before, tiny.tokenizer().encode(word));
        return Autograd.off(() -> {
            try (Scope scope = Scope.open()) {
                return (double) tiny.decoder()
                        .forward(Batch.of(List.of(row)))
                        .answerLogProbsByRow()
                        .floats()[0];
            }
        });
    }

    @Test
    void aWordOfOneTokenHasItsNextTokensLogProbWhateverTheBatch() {
        List<List<Message>> chats = List.of(chat("point 3 8 word dog ?"), chat("gcd of 4 and 6 and more ?"));
        List<double[]> both =
                new LoglikelihoodScorer(tiny, "it is ", List.of("red", "blue", "dog")).logProbs(chats, done -> {});
        for (int i = 0; i < chats.size(); i++) {
            assertThat(both.get(i)[0]).isCloseTo(byDefinition(chats.get(i), "it is ", "red"), NEAR);
            assertThat(both.get(i)[2]).isCloseTo(byDefinition(chats.get(i), "it is ", "dog"), NEAR);
        }
        assertThat(both.get(0)[0]).isGreaterThan(both.get(0)[1]).isLessThan(0); // the upper half is red
    }

    @Test
    void aWordOfSeveralTokensHasTheSumOfTheirLogProbs() {
        List<Message> chat = chat("point 3 8 word dog ?");
        double[] three = new LoglikelihoodScorer(tiny, "it is ", List.of("red .", "blue sea", "red dog"))
                .logProbs(List.of(chat), done -> {})
                .get(0);
        assertThat(three[0]).isCloseTo(byDefinition(chat, "it is ", "red ."), NEAR);
        assertThat(three[1]).isCloseTo(byDefinition(chat, "it is ", "blue sea"), NEAR);
        assertThat(three[2]).isCloseTo(byDefinition(chat, "it is ", "red dog"), NEAR);
    }

    @Test
    void eachBatchIsReported() {
        List<List<Message>> chats = Collections.nCopies(130, chat("point 3 8 word dog ?"));
        List<Integer> single = new ArrayList<>();
        new LoglikelihoodScorer(tiny, "it is ", List.of("red", "blue")).logProbs(chats, single::add);
        assertThat(single).containsExactly(64, 128, 130);
        List<Integer> several = new ArrayList<>();
        new LoglikelihoodScorer(tiny, "it is ", List.of("red .", "blue sea")).logProbs(chats, several::add);
        assertThat(several).containsExactly(32, 64, 96, 128, 130);
    }

    @Test
    void aWordThatBeginsAnotherIsRefused() {
        assertThatThrownBy(() -> new LoglikelihoodScorer(tiny, "it is ", List.of("red", "red dog", "blue")))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "choices.words has 'red', whose tokens begin those of 'red dog', so the model cannot tell them"
                                + " apart; take one out");
    }
}
