package org.selgen.judge;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.judge.BatchJudge.Counts;
import org.selgen.judge.BatchJudge.QuestionedAnswer;
import org.selgen.judge.endpoint.CrookedServer;
import org.selgen.judge.endpoint.Endpoint;
import org.selgen.judge.endpoint.HttpChatModel;

/** Answers, a judge at an endpoint, and the table of its verdicts as the lake keeps it: one row a key, the latest. */
public final class Court {
    public static final double NEVER_STOP = 1;

    private final Map<Integer, Judgement> rows = new LinkedHashMap<>();

    public static Endpoint endpoint(String url) {
        return new Endpoint(url, "toy", null, null, 0.5, 8, 8, 30, 4, 0, 0, 1, 1);
    }

    static QuestionedAnswer answer(int i) {
        return new QuestionedAnswer(
                RubricTest.asking("Why " + i + "?"),
                new Generation("run", "d", "q", i, "greedy", "Because " + i + ".", "stop", 3));
    }

    public static List<QuestionedAnswer> answers(int n) {
        return IntStream.range(0, n).mapToObj(Court::answer).toList();
    }

    /** What a server that behaves leaves. */
    public static List<Judgement> undisturbed(int n) throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(CrookedServer.GOOD)) {
            Court court = new Court();
            court.judge(new HttpChatModel(endpoint(server.url())), n, NEVER_STOP);
            return court.read();
        }
    }

    public Counts judge(HttpChatModel model, int n, double maxErrors) throws InterruptedException {
        return new BatchJudge(new LlmJudge(RubricTest.RUBRIC, model), read())
                .judge(answers(n), maxErrors, more -> more.forEach(row -> rows.put(row.sample(), row)));
    }

    public List<Judgement> read() {
        return rows.values().stream()
                .sorted(Comparator.comparingInt(Judgement::sample))
                .toList();
    }
}
