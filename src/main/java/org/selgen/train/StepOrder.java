package org.selgen.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The rows of each optimizer step, of both datasets, as micro-batches. They depend on the seed alone.
 *
 * <p>An epoch is one pass over the task rows, which are dealt evenly to its steps: k and k + 1 rows a step. A step has
 * ⌈k · proxyBatch / batch⌉ proxy rows, so that their share is the same in all steps, but not more than there are; passes over
 * the proxy rows follow each other without a break. A step's rows are dealt evenly to ⌈k / batch⌉ micro-batches. So {@code
 * batch: 8, accumulation: 4} has the steps of {@code batch: 32}, with {@code proxyBatch} in proportion.
 */
final class StepOrder<T, P> {
    /** A micro-batch; at least one row of each. */
    record Rows<T, P>(List<T> task, List<P> proxy) {}

    private final Training training;
    private final BatchOrder<T> tasks;
    private final BatchOrder<P> proxies;
    private final int proxyRows;

    StepOrder(
            Training training,
            List<T> task,
            ToIntFunction<T> taskLength,
            List<P> proxy,
            ToIntFunction<P> proxyLength,
            long seed) {
        this.training = training;
        this.tasks = new BatchOrder<>(task, taskLength, training.batch() * training.accumulation(), seed);
        this.proxies = new BatchOrder<>(proxy, proxyLength, training.proxyBatch() * training.accumulation(), ~seed);
        this.proxyRows = proxy.size();
    }

    /** The micro-batches of the next step. */
    List<Rows<T, P>> next() {
        List<T> task = tasks.next();
        int micro = Training.parts(task.size(), training.batch());
        int share = Training.parts(task.size() * training.proxyBatch(), training.batch());
        List<P> proxy = proxies.next(Math.min(share, Math.max(proxyRows, micro)));
        List<Rows<T, P>> step = new ArrayList<>();
        for (int m = 0; m < micro; m++) {
            step.add(new Rows<>(part(task, m, micro), part(proxy, m, micro)));
        }
        return step;
    }

    /** Part m of rows that are dealt evenly to so many. */
    static <R> List<R> part(List<R> rows, int m, int parts) {
        return rows.subList(m * rows.size() / parts, (m + 1) * rows.size() / parts);
    }

    /** Continues after the first so many steps: they are drawn again from the seed and skipped. */
    void skip(int steps) {
        for (int s = 0; s < steps; s++) {
            next();
        }
    }
}
