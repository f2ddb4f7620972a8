package org.selgen.judge.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selgen.judge.Court.NEVER_STOP;
import static org.selgen.judge.Court.answers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.data.Judgement;
import org.selgen.judge.BatchJudge;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.RubricTest;

/** A judge whose tokenizer has a token for each digit means 85 where its first token is 8. */
class DigitTokensTest {
    private static final String DIGITS = reply("8", "9");
    private static final String WHOLE = reply("57", "85");

    private static String reply(String first, String second) {
        return """
                {"choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","content":"%s"},
                 "logprobs":{"content":[{"token":"%s","logprob":-0.2,"top_logprobs":[
                   {"token":"%s","logprob":-0.2},{"token":" %s","logprob":-2.3}]}]}}]}
                """.formatted(first, first, first, second);
    }

    private static LlmJudge judge(CrookedServer server) {
        Endpoint patient = new Endpoint(server.url(), "toy", null, null, 60, 8, 8, 30, 4, 0, 0, 1, 1);
        return new LlmJudge(RubricTest.RUBRIC, new HttpChatModel(patient));
    }

    /** Answers every prompt with one body and the probe with another; {@code status} is that of the probe. */
    private static List<Judgement> judged(String graded, String probed, int status, int calls)
            throws IOException, InterruptedException {
        List<Judgement> rows = new ArrayList<>();
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            boolean probe = good.equals(CrookedServer.good(NumberProbe.PROMPT));
            CrookedServer.send(exchange, probe ? status : 200, "application/json", probe ? probed : graded);
            return true;
        })) {
            new BatchJudge(judge(server), rows).judge(answers(4), NEVER_STOP, rows::addAll);
            assertThat(server.calls).hasValue(4 + calls);
        }
        return rows;
    }

    @Test
    void aSingleDigitIsNoScoreAndTheModeToSetIsNamed() throws IOException, InterruptedException {
        assertThat(judged(DIGITS, DIGITS, 200, 1))
                .hasSize(4)
                .allMatch(row -> row.verdict().equals("unreadable") && row.score() == null)
                .allMatch(row -> row.reason().contains("set the rubric's mode to text"));
    }

    @Test
    void aSingleDigitOfATokenizerWithWholeNumbersIsAScore() throws IOException, InterruptedException {
        assertThat(judged(DIGITS, WHOLE, 200, 1))
                .hasSize(4)
                .allMatch(row -> row.verdict().equals("scored"));
    }

    @Test
    void whereItCannotBeFoundOutThereIsNoScore() throws IOException, InterruptedException {
        assertThat(judged(DIGITS, "{}", 400, 1)).hasSize(4).allMatch(row -> row.score() == null);
    }

    @Test
    void longerNumbersNeedNoFurtherCall() throws IOException, InterruptedException {
        assertThat(judged(WHOLE, DIGITS, 200, 0)).hasSize(4).allMatch(row -> row.score() != null);
    }

    @Test
    void whatWasFoundOutIsKeptWithTheReply() throws IOException, InterruptedException {
        List<Judgement> rows = judged(DIGITS, WHOLE, 200, 1);
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            assertThat(new BatchJudge(judge(server), rows).calls(answers(4))).isZero();
        }
    }

    @Test
    void aReplyKeptBeforeAnybodyLookedIsAskedForAgain() throws IOException, InterruptedException {
        List<Judgement> old = judged(DIGITS, WHOLE, 200, 1).stream()
                .map(row -> new Judgement(
                        row.run(),
                        row.dataset(),
                        row.question(),
                        row.sample(),
                        row.decoding(),
                        row.rubric(),
                        row.verdict(),
                        row.score(),
                        row.reason(),
                        row.reply().replace(",\"numbers\":\"whole\"", "")))
                .toList();
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            assertThat(new BatchJudge(judge(server), old).calls(answers(4))).isEqualTo(4);
        }
    }
}
