package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.StepMetrics;
import org.selgen.data.Variant;
import org.selgen.lm.Adapter;
import org.selgen.lm.ChatEncoder;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Dpo;
import org.selgen.method.Step;
import org.selgen.tensor.DType;
import org.selgen.train.Training.LossOn;

class RowEncoderTest {
    private static Example row(String answer, String rejected) {
        List<Message> prompt = List.of(Message.user("is 6 the gcd of 12 and 18 ?"));
        return new Example("r", "d", "proxy", "l", "g", Variant.ASK, prompt, answer, rejected);
    }

    @Test
    void allMeansTheWholeRowInALossButTheAnswerAloneInAComparison() {
        try (LanguageModel lm = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32)) {
            ProxyRow whole = new RowEncoder(lm.encoder(64), LossOn.ALL)
                    .proxies(List.of(row("yes , it is .", "no , it is not .")))
                    .get(0);
            ProxyRow answer = new RowEncoder(lm.encoder(64), LossOn.ANSWER)
                    .proxies(List.of(row("yes , it is .", "no , it is not .")))
                    .get(0);
            assertThat(whole.answer().lossMask())
                    .isEqualTo(answer.answer().whole().lossMask());
            assertThat(whole.chosen().lossMask()).isEqualTo(answer.answer().lossMask());
            assertThat(whole.rejected()).usingRecursiveComparison().isEqualTo(answer.rejected());
        }
    }

    /** The template writes {@code <bos> <start_of_turn> user \\n} before the words, and as much behind them. */
    @Test
    void theTokensAroundTheUsersWordsAreTheTemplates() {
        try (LanguageModel lm = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32)) {
            ChatEncoder chats = lm.encoder(64);
            Sequence row = chats.answered(List.of(Message.user("is 6 the gcd ?")), "yes .");
            Sequence other = chats.answered(List.of(Message.user("hello")), "yes .");
            Sequence.Template around = row.template();
            assertThat(around.prefix()).isGreaterThan(1);
            assertThat(around.to()).isEqualTo(row.prompt());
            assertThat(Arrays.copyOf(row.ids(), around.prefix()))
                    .isEqualTo(Arrays.copyOf(other.ids(), around.prefix()));
            assertThat(Arrays.copyOfRange(row.ids(), around.from(), around.to()))
                    .isEqualTo(Arrays.copyOfRange(
                            other.ids(),
                            other.template().from(),
                            other.template().to()));
            assertThat(lm.tokenizer().decode(Arrays.copyOfRange(row.ids(), around.prefix(), around.from())))
                    .isEqualToIgnoringWhitespace("is 6 the gcd ?");
        }
    }

    @Test
    void aProposalIsComparedWithTheQuestionOfItsGroupAtTheTokensThatBothPromptsEndWith() {
        List<Message> asked = List.of(Message.user("what is the capital of france ?"));
        List<Message> proposed = List.of(Message.user("what is the capital of france ? is it rome ?"));
        Example alone = new Example("1", "d", "proxy", "l", "g", Variant.ASK, asked, "it is paris .", null);
        Example wrapped = new Example("2", "d", "proxy", "l", "g", Variant.WRONG, proposed, "no .", null);
        Example other = new Example("3", "d", "proxy", "l", "other", Variant.WRONG, proposed, "no .", null);
        try (LanguageModel lm = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32)) {
            ChatEncoder chats = lm.encoder(64);
            List<ProxyRow> rows = new RowEncoder(chats, LossOn.ALL).proxies(List.of(wrapped, alone, other));
            assertThat(rows.get(1).clean()).isNull();
            assertThat(rows.get(2).clean()).isNull();
            Step.Wrapped pair = Objects.requireNonNull(
                    ProxyRow.step(List.of(rows.get(0).answer()), rows, 0).wrapped());
            long[] whole = chats.prompt(proposed);
            long[] clean = chats.prompt(asked);
            int shared = pair.positions().length;
            assertThat(shared)
                    .as("the question mark and what the template writes")
                    .isGreaterThan(2);
            assertThat(Arrays.copyOfRange(whole, whole.length - shared, whole.length))
                    .isEqualTo(Arrays.copyOfRange(clean, clean.length - shared, clean.length));
            assertThat(pair.positions()[shared - 1]).isEqualTo(whole.length - 1);
            assertThat(pair.clean().predicting()[shared - 1]).isEqualTo(clean.length - 1);
        }
    }

    @Test
    void anAnswerIsNeverPreferredToItself() {
        try (LanguageModel lm = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32);
                Adapter adapter = Adapter.fresh(
                        new LoraConfig(2, 4, true, List.of("q_proj", "down_proj")),
                        lm.decoder().config(),
                        1)) {
            RowEncoder rows = new RowEncoder(lm.encoder(64), LossOn.ALL);
            List<Example> same = Collections.nCopies(4, row("yes , it is .", "yes , it is ."));
            List<StepMetrics> steps = new ArrayList<>();
            new Trainer("r", new Training(5, 2, 2, 1, 0.05f, 0, 0, 0, 64, LossOn.ALL), steps::add)
                    .fit(
                            lm.decoder().with(adapter),
                            new Dpo(0.5f, 1, Dpo.LogProbs.SUM),
                            rows.rows(same),
                            rows.proxies(same),
                            1);
            assertThat(steps)
                    .hasSize(10)
                    .allSatisfy(step -> assertThat(step.proxy())
                            .as("log σ(0) at step %d", step.step())
                            .isCloseTo(Math.log(2), Offset.offset(1e-5)));
            assertThat(steps.get(9).task()).isLessThan(0.5 * steps.get(0).task());
        }
    }
}
