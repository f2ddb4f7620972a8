package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.judge.CrookedServer.Mood;
import org.selgen.judge.Judging.Case;
import org.selgen.judge.Judging.Result;

class JudgingTest {
    private static final double NEVER_STOP = 1;

    static Endpoint endpoint(String url) {
        return new Endpoint(url, "toy", null, null, 0.5, 8, 8, 30, 4, 0, 0, 1, 1);
    }

    static Case answer(int i) {
        return new Case(
                RubricTest.asking("Why " + i + "?"),
                new Generation("run", "d", "q", i, "greedy", "Because " + i + ".", "stop", 3));
    }

    static List<Case> answers(int n) {
        return IntStream.range(0, n).mapToObj(JudgingTest::answer).toList();
    }

    /** A table as the lake keeps it: one row a key, the latest. */
    private static final class Table {
        private final Map<Integer, Judgement> rows = new LinkedHashMap<>();

        void put(List<Judgement> more) {
            more.forEach(row -> rows.put(row.sample(), row));
        }

        List<Judgement> read() {
            return rows.values().stream()
                    .sorted(Comparator.comparingInt(Judgement::sample))
                    .toList();
        }
    }

    private static Result judge(HttpChatModel model, Table table, int n, double maxErrors) throws InterruptedException {
        return new Judging(new LlmJudge(RubricTest.RUBRIC, model), table.read())
                .judge(answers(n), maxErrors, table::put);
    }

    private static List<Judgement> undisturbed(int n) throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            Table table = new Table();
            judge(new HttpChatModel(endpoint(server.url())), table, n, NEVER_STOP);
            return table.read();
        }
    }

    static Stream<Arguments> moods() {
        return Stream.of(
                mood("slow", (exchange, good, time) -> {
                    if (time == 1) {
                        CrookedServer.sleep(800);
                    }
                    return false;
                }),
                first("500", 500, "text/plain", "Internal error"),
                first("502 of a proxy", 502, "text/html", "<html>Bad gateway</html>"),
                first("429 without Retry-After", 429, "application/json", "{\"error\":{\"message\":\"slow down\"}}"),
                mood("429 with Retry-After", (exchange, good, time) -> {
                    if (time > 1) {
                        return false;
                    }
                    exchange.getResponseHeaders().set("Retry-After", "0.05");
                    CrookedServer.send(exchange, 429, "application/json", "{}");
                    return true;
                }),
                mood("cut connection", (exchange, good, time) -> {
                    if (time > 2) {
                        return false;
                    }
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, 100_000);
                    OutputStream out = exchange.getResponseBody();
                    out.write("{\"choices\":[".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    out.flush();
                    return true; // closing it now cuts it
                }),
                mood("half a JSON", (exchange, good, time) -> {
                    if (time > 1) {
                        return false;
                    }
                    CrookedServer.send(exchange, 200, "application/json", good.substring(0, good.length() / 2));
                    return true;
                }),
                mood("wrong content type", (exchange, good, time) -> {
                    if (time > 1) {
                        return false;
                    }
                    CrookedServer.send(exchange, 200, "text/html", good);
                    return true;
                }),
                changed("empty log-probs", "\"top_logprobs\":\\[[^\\]]*\\]", "\"top_logprobs\":[]"),
                changed("no log-probs at all", "\"logprobs\":\\{.*?\\]\\}\\]\\}", "\"logprobs\":null"),
                changed("a log-probability above 0", "-0.69314718\\}", "7.5}"),
                changed("an infinite log-probability", "-0.69314718\\}", "-1e999}"),
                changed("no choices", "\"choices\"", "\"chances\""),
                first("an empty body", 200, "application/json", ""),
                mood("a flood of errors", new Mood() {
                    private final AtomicInteger all = new AtomicInteger();

                    @Override
                    public boolean spoil(com.sun.net.httpserver.HttpExchange exchange, String good, int time)
                            throws IOException {
                        if (all.incrementAndGet() > 60) {
                            return false;
                        }
                        CrookedServer.send(exchange, 500, "text/plain", "no");
                        return true;
                    }
                }));
    }

    private static Arguments mood(String name, Mood mood) {
        return Arguments.of(name, mood);
    }

    private static Arguments first(String name, int status, String type, String body) {
        return mood(name, (exchange, good, time) -> {
            if (time > 1) {
                return false;
            }
            CrookedServer.send(exchange, status, type, body);
            return true;
        });
    }

    private static Arguments changed(String name, String from, String to) {
        return mood(name, (exchange, good, time) -> {
            if (time > 1) {
                return false;
            }
            String bad = good.replaceAll("\\s*\n\\s*", "").replaceAll(from, to);
            assertThat(bad).contains(to);
            CrookedServer.send(exchange, 200, "application/json", bad);
            return true;
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moods")
    void aMisbehavingServerLeavesTheTableOfAnUndisturbedRun(String name, Mood mood)
            throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(mood)) {
            Table table = new Table();
            for (int verb = 0;
                    verb < 5
                            && judge(new HttpChatModel(endpoint(server.url())), table, 12, NEVER_STOP)
                                            .errors()
                                    > 0;
                    verb++) {}
            assertThat(table.read()).isEqualTo(undisturbed(12));
            assertThat(server.calls.get()).isGreaterThan(12); // it did misbehave
        }
    }

    @Test
    void aServerThatRestartsInTheMiddleLeavesTheTableOfAnUndisturbedRun() throws Exception {
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.sleep(10);
            return false;
        })) {
            Table table = new Table();
            HttpChatModel model = new HttpChatModel(endpoint(server.url()));
            Thread restarting = new Thread(() -> {
                try {
                    while (server.calls.get() < 20) {
                        Thread.sleep(5);
                    }
                    server.restart(100);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            restarting.start();
            Result result = judge(model, table, 100, NEVER_STOP);
            restarting.join();
            assertThat(result.errors()).isZero();
            assertThat(table.read()).isEqualTo(undisturbed(100));
        }
    }

    @Test
    void judgingTwiceMakesNoCallTwice() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            Table table = new Table();
            judge(new HttpChatModel(endpoint(server.url())), table, 12, NEVER_STOP);
            Result again = judge(new HttpChatModel(endpoint(server.url())), table, 12, NEVER_STOP);
            assertThat(server.calls).hasValue(12);
            assertThat(again).isEqualTo(new Result(0, 0, 0));
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
            Table table = new Table();
            assertThat(judge(new HttpChatModel(endpoint(server.url())), table, 10, NEVER_STOP))
                    .isEqualTo(new Result(10, 3, 0));
            judge(new HttpChatModel(endpoint(server.url())), table, 12, NEVER_STOP);
            assertThat(server.calls).hasValue(10 + 3 + 2);
            assertThat(table.read()).isEqualTo(undisturbed(12));
        }
    }

    @Test
    void equalAnswersNeedOneCall() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            Case one = answer(0);
            Generation twin = new Generation("run", "d", "q", 1, "greedy", "Because 0.", "stop", 3);
            List<Judgement> rows = new ArrayList<>();
            new Judging(new LlmJudge(RubricTest.RUBRIC, new HttpChatModel(endpoint(server.url()))), List.of())
                    .judge(List.of(one, new Case(one.question(), twin)), NEVER_STOP, rows::addAll);
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
                new Judging(new LlmJudge(RubricTest.rubric(prompt), model), rows)
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
            new Judging(judge, rows).judge(answers(1), NEVER_STOP, rows::addAll);
            Case other = new Case(RubricTest.asking("Why not?"), answer(0).generation());
            assertThat(new Judging(judge, rows).calls(List.of(other))).isOne();
        }
    }

    @Test
    void aKeptReplyIsReadAnewWithoutACall() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            LlmJudge judge = new LlmJudge(RubricTest.RUBRIC, new HttpChatModel(endpoint(server.url())));
            List<Judgement> rows = new ArrayList<>();
            new Judging(judge, rows).judge(answers(1), NEVER_STOP, rows::addAll);
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
            new Judging(judge, List.of(old)).judge(answers(1), NEVER_STOP, reread::addAll);
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
            Table table = new Table();
            Result result = judge(new HttpChatModel(endpoint(server.url())), table, 300, 0.05);
            assertThat(result).isEqualTo(new Result(64, 64, 236));
            assertThat(table.read())
                    .hasSize(64)
                    .allMatch(row -> row.verdict().equals("error") && row.score() == null)
                    .allMatch(row -> row.reason().equals("the endpoint answers 400"));
        }
    }

    @Test
    void aBudgetOfCallsStopsCleanlyAndTheNextVerbGoesOn() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            Endpoint thrifty = new Endpoint(server.url(), "toy", null, null, 5, 8, 8, 30, 4, 7, 0, 0, 0);
            Table table = new Table();
            HttpChatModel model = new HttpChatModel(thrifty);
            assertThat(judge(model, table, 12, NEVER_STOP)).isEqualTo(new Result(7, 0, 5));
            assertThat(model.spending().spent()).isTrue();
            assertThat(judge(new HttpChatModel(thrifty), table, 12, NEVER_STOP)).isEqualTo(new Result(5, 0, 0));
            assertThat(server.calls).hasValue(12);
            assertThat(table.read()).isEqualTo(undisturbed(12));
        }
    }

    @Test
    void aBudgetOfMoneyIsNotExceeded() throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            double price = 1000; // so that a call of 101 tokens costs 0.101
            Endpoint thrifty = new Endpoint(server.url(), "toy", null, null, 5, 8, 8, 30, 4, 0, 1, price, price);
            HttpChatModel model = new HttpChatModel(thrifty);
            Result result = judge(model, new Table(), 40, NEVER_STOP);
            assertThat(result.rows()).isBetween(1, 9);
            assertThat(result.left()).isEqualTo(40 - result.rows());
            assertThat(model.spending().cost()).isBetween(0.1, 1.0);
        }
    }

    @Test
    void aRefusedKeyStopsAndSaysWhatToMend() throws IOException {
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.send(exchange, 401, "application/json", "{\"error\":\"who are you\"}");
            return true;
        })) {
            assertThatThrownBy(() -> judge(new HttpChatModel(endpoint(server.url())), new Table(), 3, NEVER_STOP))
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
            judge(new HttpChatModel(endpoint(server.url())), new Table(), 100, NEVER_STOP);
            assertThat(server.mostInside.get()).isBetween(2, 8);
        }
    }
}
