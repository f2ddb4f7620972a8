package org.selgen.judge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Judgement;
import org.selgen.judge.JudgeModel.Spent;

/**
 * Asks a model about many answers: as many calls at once as it takes, the next as soon as one ends. A model that makes one call
 * at a time works on the caller's thread. Each verdict is on the docket as soon as it is there.
 */
public final class JudgePool {
    private static final int LOOK = 64; // requests that the docket is asked about together

    private final LlmJudge judge;
    private final Docket docket;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    private volatile boolean closed;

    public JudgePool(LlmJudge judge, Docket docket) {
        this.judge = judge;
        this.docket = docket;
    }

    /**
     * Judges those that have no verdict on the docket, until it is closed.
     *
     * @throws RuntimeException what concerns all calls, as a key that is refused; the docket is closed then
     */
    public void judge(Iterator<EqualAnswers> answers) throws InterruptedException {
        int atOnce = judge.model().atOnce();
        Semaphore free = new Semaphore(atOnce);
        ExecutorService threads = LlmJudge.threads(atOnce);
        try {
            while (answers.hasNext() && !closed) {
                List<EqualAnswers> some =
                        next(answers, Math.max(LOOK, judge.model().batch()));
                Optional<Set<String>> open =
                        docket.open(some.stream().map(EqualAnswers::request).toList());
                if (open.isEmpty()) {
                    break;
                }
                some.removeIf(each -> !open.get().contains(each.request()));
                submit(some, atOnce == 1 ? null : threads, free);
            }
            free.acquire(atOnce);
        } finally {
            threads.shutdownNow();
        }
        RuntimeException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    private static List<EqualAnswers> next(Iterator<EqualAnswers> answers, int most) {
        List<EqualAnswers> some = new ArrayList<>();
        while (some.size() < most && answers.hasNext()) {
            some.add(answers.next());
        }
        return some;
    }

    /** @param threads none to work on this thread */
    private void submit(List<EqualAnswers> some, @Nullable ExecutorService threads, Semaphore free)
            throws InterruptedException {
        int batch = judge.model().batch();
        for (int from = 0; from < some.size() && !closed; from += batch) {
            List<EqualAnswers> together = some.subList(from, Math.min(some.size(), from + batch));
            free.acquire();
            if (closed) {
                free.release();
            } else if (threads == null) {
                grade(together, free);
            } else {
                threads.execute(() -> grade(together, free));
            }
        }
    }

    private void grade(List<EqualAnswers> together, Semaphore free) {
        try {
            List<Verdict> verdicts = judge.gradeAll(
                    together.stream().map(EqualAnswers::question).toList(),
                    together.stream().map(EqualAnswers::text).toList());
            List<EqualAnswers> judged = together.subList(0, verdicts.size());
            List<Judgement> rows = new ArrayList<>();
            for (int i = 0; i < judged.size(); i++) {
                rows.addAll(judged.get(i).rows(judge, verdicts.get(i)));
            }
            boolean more =
                    docket.keep(judged.stream().map(EqualAnswers::request).toList(), rows);
            judge.model().kept();
            if (!more) {
                closed = true;
            } else if (judged.size() < together.size()) {
                close();
            }
        } catch (Spent e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            close();
        } finally {
            free.release();
        }
    }

    private void close() {
        closed = true;
        docket.close();
    }
}
