package org.selgen.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.judge.JudgeModel.Spent;

/**
 * Judges many answers with few calls: an answer whose reply is in the table is not asked about again, nor are two equal
 * ones. Only failed and missing rows are. Rows are handed over some at a time, so that a stop loses little.
 */
public final class BatchJudge {
    private static final int LEAST_CHUNK = 64;

    private final LlmJudge judge;
    private final Map<List<Object>, Judgement> stored = new HashMap<>();
    private final Map<String, CachedReply> cached = new HashMap<>();

    /** @param rows of the judgements table; those of other rubrics are left alone */
    public BatchJudge(LlmJudge judge, Collection<Judgement> rows) {
        this.judge = judge;
        rows.stream().filter(row -> row.rubric().equals(judge.rubric())).forEach(row -> {
            stored.put(key(row), row);
            LlmJudge.answered(row)
                    .flatMap(request -> CachedReply.parse(row.reply()))
                    .ifPresent(reply -> cached.put(reply.request(), reply));
        });
    }

    /** An answer and its question. */
    public record QuestionedAnswer(Question question, Generation generation) {}

    /**
     * How it went.
     *
     * @param rows handed over
     * @param errors among them
     * @param left answers without a row because the budget was spent or too much failed
     */
    public record Counts(int rows, int errors, int left) {}

    /** The calls that the answers need. */
    public int calls(List<QuestionedAnswer> cases) {
        return needingCall(cases).size();
    }

    /** The answers that need a call, equal ones once. */
    public List<QuestionedAnswer> needingCall(List<QuestionedAnswer> cases) {
        return todo(cases, ignored -> {}).stream().map(same -> same.get(0)).toList();
    }

    /**
     * Judges what has no row yet, or one of another prompt, or an error.
     *
     * @param maxErrors share of failed rows beyond which the rest is left
     * @param put is given finished rows, on this thread
     * @throws org.selgen.data.BadInput if the endpoint refuses us altogether; what was finished is handed over before
     */
    public Counts judge(List<QuestionedAnswer> cases, double maxErrors, Consumer<List<Judgement>> put)
            throws InterruptedException {
        List<Judgement> reread = new ArrayList<>();
        List<List<QuestionedAnswer>> todo = todo(cases, reread::add);
        put.accept(reread);
        RowCount progress = new RowCount(reread.size());
        ExecutorService threads = Executors.newFixedThreadPool(judge.model().atOnce(), task -> {
            Thread thread = new Thread(task, "judge");
            thread.setDaemon(true);
            return thread;
        });
        try {
            int chunk = Math.max(LEAST_CHUNK, 4 * judge.model().atOnce());
            for (int from = 0; from < todo.size() && progress.goesOn(maxErrors); from += chunk) {
                chunk(todo.subList(from, Math.min(todo.size(), from + chunk)), threads, progress, put);
            }
        } finally {
            threads.shutdownNow();
        }
        return new Counts(
                progress.rows,
                progress.errors,
                todo.stream().mapToInt(List::size).sum() + reread.size() - progress.rows);
    }

    private void chunk(
            List<List<QuestionedAnswer>> chunk,
            ExecutorService threads,
            RowCount progress,
            Consumer<List<Judgement>> put)
            throws InterruptedException {
        List<Future<Verdict>> verdicts = new ArrayList<>();
        for (List<QuestionedAnswer> same : chunk) {
            QuestionedAnswer first = same.get(0);
            verdicts.add(threads.submit(
                    () -> judge.gradeOnce(first.question(), first.generation().answer())));
        }
        List<Judgement> rows = new ArrayList<>();
        RuntimeException failure = null;
        for (int i = 0; i < chunk.size(); i++) {
            try {
                Verdict verdict = verdicts.get(i).get();
                chunk.get(i).forEach(each -> rows.add(row(each, verdict)));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Spent) {
                    progress.spent = true;
                } else {
                    failure = e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException(e.getCause());
                }
            }
        }
        progress.add(rows);
        put.accept(rows);
        if (failure != null) {
            throw failure;
        }
    }

    /** Answers to ask about, equal ones together; what can be read from kept replies is given away. */
    private List<List<QuestionedAnswer>> todo(List<QuestionedAnswer> cases, Consumer<Judgement> reread) {
        Map<String, List<QuestionedAnswer>> todo = new LinkedHashMap<>();
        for (QuestionedAnswer each : cases) {
            String request = judge.request(each.question(), each.generation().answer());
            Optional<CachedReply> reply = Optional.ofNullable(cached.get(request));
            if (reply.isEmpty()) {
                todo.computeIfAbsent(request, r -> new ArrayList<>()).add(each);
                continue;
            }
            Judgement row = row(each, judge.read(reply.get()));
            @Nullable Judgement old = stored.get(key(row));
            if (!row.equals(old)) {
                reread.accept(row);
            }
        }
        return List.copyOf(todo.values());
    }

    private Judgement row(QuestionedAnswer each, Verdict verdict) {
        return Judge.judgement(judge, verdict, each.generation());
    }

    private static List<Object> key(Judgement row) {
        return List.of(row.run(), row.dataset(), row.question(), row.sample(), row.decoding());
    }

    private static final class RowCount {
        private static final int ENOUGH = 50;
        private int rows;
        private int errors;
        private boolean spent;

        RowCount(int rows) {
            this.rows = rows;
        }

        void add(List<Judgement> more) {
            rows += more.size();
            errors += (int) more.stream()
                    .filter(row -> row.verdict().equals(ReplyParser.ERROR))
                    .count();
        }

        boolean goesOn(double maxErrors) {
            return !spent && (rows < ENOUGH || errors <= maxErrors * rows);
        }
    }
}
