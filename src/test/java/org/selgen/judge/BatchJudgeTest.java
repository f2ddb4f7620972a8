package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selgen.judge.Court.NEVER_STOP;
import static org.selgen.judge.Court.answer;
import static org.selgen.judge.Court.answers;
import static org.selgen.judge.Court.endpoint;
import static org.selgen.judge.Court.undisturbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.judge.BatchJudge.Counts;
import org.selgen.judge.BatchJudge.QuestionedAnswer;
import org.selgen.judge.endpoint.CallDesk;
import org.selgen.judge.endpoint.CrookedServer;
import org.selgen.judge.endpoint.DeskMessages;
import org.selgen.judge.endpoint.Endpoint;
import org.selgen.judge.endpoint.EndpointSession;
import org.selgen.judge.endpoint.HttpChatModel;

class BatchJudgeTest {
    @Test
    void judgingTwiceMakesNoCallTwice() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            Court court = new Court();
            court.judge(new HttpChatModel(endpoint(server.url())), 12, NEVER_STOP);
            Counts again = court.judge(new HttpChatModel(endpoint(server.url())), 12, NEVER_STOP);
            assertThat(server.calls).hasValue(12);
            assertThat(again).isEqualTo(new Counts(0, 0, 0));
        }
    }

    @Test
    void aCallOfAnotherProcessIsInFlightNoMoreOnceItsVerdictIsKept(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("journal");
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            Endpoint endpoint = endpoint(server.url());
            VerdictJournal journal = VerdictJournal.in(file);
            DeskMessages driver =
                    new DeskMessages(new CallDesk(endpoint, journal), endpoint, DeskMessages.Channel.PRIVATE);
            try (EndpointSession session = new EndpointSession(endpoint, "1/", 4, driver::answer)) {
                LlmJudge judge = new LlmJudge(RubricTest.RUBRIC, session.model());
                List<EqualAnswers> answers = answers(12).stream()
                        .map(one -> new EqualAnswers(
                                judge.request(one.question(), one.generation().answer()),
                                one.question(),
                                List.of(one.generation())))
                        .toList();
                new JudgePool(judge, new VerdictDocket(1, journal)).judge(answers.iterator());
                // the driver hears of it within some milliseconds, while the process lives
                for (int i = 0; i < 500 && VerdictJournal.left(file).inFlight() > 0; i++) {
                    Thread.sleep(10);
                }
                assertThat(VerdictJournal.left(file).inFlight()).isZero();
            }
            assertThat(server.calls).hasValue(12);
        }
    }

    @Test
    void onlyFailedAndMissingRowsAreJudgedAgain() throws IOException, InterruptedException {
        AtomicInteger bad = new AtomicInteger(3);
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            if (bad.getAndDecrement() <= 0) {
                return false;
            }
            CrookedServer.send(exchange, 400, "application/json", "{\"error\":\"no\"}");
            return true;
        })) {
            Court court = new Court();
            assertThat(court.judge(new HttpChatModel(endpoint(server.url())), 10, NEVER_STOP))
                    .isEqualTo(new Counts(10, 3, 0));
            court.judge(new HttpChatModel(endpoint(server.url())), 12, NEVER_STOP);
            assertThat(server.calls).hasValue(10 + 3 + 2);
            assertThat(court.read()).isEqualTo(undisturbed(12));
        }
    }

    @Test
    void equalAnswersNeedOneCall() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            QuestionedAnswer one = answer(0);
            Generation twin = new Generation("run", "d", "q", 1, "greedy", "Because 0.", "stop", 3);
            List<Judgement> rows = new ArrayList<>();
            new BatchJudge(new LlmJudge(RubricTest.RUBRIC, new HttpChatModel(endpoint(server.url()))), List.of())
                    .judge(List.of(one, new QuestionedAnswer(one.question(), twin)), NEVER_STOP, rows::addAll);
            assertThat(server.calls).hasValue(1);
            assertThat(rows).extracting(Judgement::sample).containsExactly(0, 1);
            assertThat(rows).extracting(Judgement::score).doesNotContainNull().hasSize(2);
        }
    }

    @Test
    void aChangedRubricJudgesAgainUnderAnotherName() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            HttpChatModel model = new HttpChatModel(endpoint(server.url()));
            List<Judgement> rows = new ArrayList<>();
            for (String prompt : List.of("{question}{answer}.", "{question}{answer}!")) {
                new BatchJudge(new LlmJudge(RubricTest.rubric(prompt), model), rows)
                        .judge(answers(2), NEVER_STOP, rows::addAll);
            }
            assertThat(server.calls).hasValue(4);
            assertThat(rows).hasSize(4);
            assertThat(rows.stream().map(Judgement::rubric).distinct()).hasSize(2);
        }
    }

    @Test
    void aChangedQuestionIsJudgedAgain() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            LlmJudge judge = new LlmJudge(RubricTest.RUBRIC, new HttpChatModel(endpoint(server.url())));
            List<Judgement> rows = new ArrayList<>();
            new BatchJudge(judge, rows).judge(answers(1), NEVER_STOP, rows::addAll);
            QuestionedAnswer other = new QuestionedAnswer(
                    RubricTest.asking("Why not?"), answer(0).generation());
            assertThat(new BatchJudge(judge, rows).calls(List.of(other))).isOne();
        }
    }

    @Test
    void aKeptReplyIsReadAnewWithoutACall() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            LlmJudge judge = new LlmJudge(RubricTest.RUBRIC, new HttpChatModel(endpoint(server.url())));
            List<Judgement> rows = new ArrayList<>();
            new BatchJudge(judge, rows).judge(answers(1), NEVER_STOP, rows::addAll);
            Judgement right = rows.get(0);
            Judgement old = new Judgement(
                    right.run(),
                    right.dataset(),
                    right.question(),
                    right.sample(),
                    right.decoding(),
                    right.rubric(),
                    "scored",
                    1.0,
                    "read by an older version",
                    right.reply());
            List<Judgement> reread = new ArrayList<>();
            new BatchJudge(judge, List.of(old)).judge(answers(1), NEVER_STOP, reread::addAll);
            assertThat(reread).containsExactly(right);
            assertThat(server.calls).hasValue(1);
        }
    }

    @Test
    void tooManyErrorsStopAfterSaving() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.send(exchange, 400, "application/json", "{}");
            return true;
        })) {
            Court court = new Court();
            Counts result = court.judge(new HttpChatModel(endpoint(server.url())), 300, 0.05);
            assertThat(result.rows()).isEqualTo(result.errors()).isBetween(50, 59); // those in flight are kept
            assertThat(result.left()).isEqualTo(300 - result.rows());
            assertThat(court.read())
                    .hasSize(result.rows())
                    .allMatch(row -> row.verdict().equals("error") && row.score() == null)
                    .allMatch(row -> row.reason().equals("the endpoint answers 400"));
        }
    }

    @Test
    void aBudgetOfCallsStopsCleanlyAndTheNextVerbGoesOn() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            Endpoint thrifty = new Endpoint(server.url(), "toy", null, null, 5, 8, 8, 30, 4, 7, 0, 0, 0);
            Court court = new Court();
            HttpChatModel model = new HttpChatModel(thrifty);
            assertThat(court.judge(model, 12, NEVER_STOP)).isEqualTo(new Counts(7, 0, 5));
            assertThat(model.budget().spent()).isTrue();
            assertThat(court.judge(new HttpChatModel(thrifty), 12, NEVER_STOP)).isEqualTo(new Counts(5, 0, 0));
            assertThat(server.calls).hasValue(12);
            assertThat(court.read()).isEqualTo(undisturbed(12));
        }
    }

    @Test
    void aBudgetOfMoneyIsNotExceeded() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            double price = 1000; // so that a call of 101 tokens costs 0.101
            Endpoint thrifty = new Endpoint(server.url(), "toy", null, null, 5, 8, 8, 30, 4, 0, 1, price, price);
            HttpChatModel model = new HttpChatModel(thrifty);
            Counts result = new Court().judge(model, 40, NEVER_STOP);
            assertThat(result.rows()).isBetween(1, 9);
            assertThat(result.left()).isEqualTo(40 - result.rows());
            assertThat(model.budget().cost()).isBetween(0.1, 1.0);
        }
    }

    @Test
    void aRefusedKeyStopsAndSaysWhatToMend() throws IOException {
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.send(exchange, 401, "application/json", "{\"error\":\"who are you\"}");
            return true;
        })) {
            assertThatThrownBy(() -> new Court().judge(new HttpChatModel(endpoint(server.url())), 3, NEVER_STOP))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("answers 401 for model 'toy'")
                    .hasMessageContaining("who are you")
                    .hasMessageContaining("correct the endpoint's url, model or key");
        }
    }

    @Test
    void noMoreCallsThanAllowedRunAtOnce() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.sleep(5);
            return false;
        })) {
            new Court().judge(new HttpChatModel(endpoint(server.url())), 100, NEVER_STOP);
            assertThat(server.mostInside.get()).isBetween(2, 8);
        }
    }
}
