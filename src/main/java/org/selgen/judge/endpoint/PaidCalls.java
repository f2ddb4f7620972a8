package org.selgen.judge.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.JudgeModel.Unanswered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that cost something: as many at once as there are threads, each result kept within seconds while others are still made.
 * After a failure that concerns them all, a spent budget, or too many failures, no call is begun; those in flight are waited
 * for and kept.
 */
public final class PaidCalls<T> {
    private static final Logger LOG = LoggerFactory.getLogger(PaidCalls.class);
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int ENOUGH = 50;
    private static final int SHOWN = 3;

    private final int atOnce;
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private int kept;
    private int failed;
    private @Nullable RuntimeException failure;
    private volatile boolean stopped;

    /** @param atOnce calls at the same time, at most */
    public PaidCalls(int atOnce) {
        this.atOnce = atOnce;
    }

    /** One call. */
    public interface Call<I, T> {
        T make(I item) throws Unanswered, Spent, InterruptedException;
    }

    /** Was not begun. */
    private static final class Stopped extends Exception {}

    /**
     * Makes a call for each item.
     *
     * @param keep is given results as they come, on this thread
     * @throws RuntimeException the first that a call threw, once all that came is kept
     */
    public <I> void make(List<I> items, Call<I, T> call, Consumer<List<T>> keep) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, "generate");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<T> done = new ExecutorCompletionService<>(threads);
            items.forEach(item -> done.submit(() -> {
                if (stopped) {
                    throw new Stopped();
                }
                return call.make(item);
            }));
            int left = items.size();
            while (left > 0) {
                List<T> some = new ArrayList<>();
                left -= gather(done, left, some);
                keep.accept(some);
                kept += some.size();
                LOG.info("generate: kept={} failed={} left={}", kept, failed, left);
            }
        } finally {
            threads.shutdownNow();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** What ends within some seconds; gives how many calls did. */
    private int gather(CompletionService<T> done, int left, List<T> some) throws InterruptedException {
        long until = System.nanoTime() + KEEP_NANOS;
        int ended = 0;
        for (long now = System.nanoTime(); ended < left && now < until; now = System.nanoTime()) {
            @Nullable Future<T> next = done.poll(until - now, TimeUnit.NANOSECONDS);
            if (next != null) {
                ended++;
                add(next, some);
            }
        }
        return ended;
    }

    private void add(Future<T> ended, List<T> some) throws InterruptedException {
        try {
            some.add(ended.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Unanswered) {
                failed++;
                reasons.merge(String.valueOf(cause.getMessage()), 1, Integer::sum);
                stopped |= failed >= ENOUGH;
            } else if (!(cause instanceof Stopped)) {
                stopped = true;
                if (failure == null && !(cause instanceof Spent)) {
                    failure = cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
                }
            }
        }
    }

    /** Results that were kept. */
    public int kept() {
        return kept;
    }

    /** Calls that were answered by none. */
    public int failed() {
        return failed;
    }

    /** As {@code 2 times: the endpoint answers 400: no luck}, the first few. */
    public String reasons() {
        return reasons.entrySet().stream()
                .limit(SHOWN)
                .map(each -> each.getValue() + " times: " + each.getKey())
                .collect(Collectors.joining("; "));
    }
}
