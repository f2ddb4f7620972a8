package org.selgen.train;

import java.util.List;
import org.selgen.method.Method;

/**
 * The work of a training, computed before it begins from the lengths of its rows alone. The batches are drawn as the
 * training will draw them, so that steps and tokens are exactly those that its run will record.
 *
 * @param training the loop's settings
 * @param task tokens of each task row
 * @param proxy tokens of each proxy row with its aligned answer
 */
public record Forecast(Training training, List<Integer> task, List<Integer> proxy) {
    /**
     * The work of one run.
     *
     * @param steps optimizer steps
     * @param task load of the task rows
     * @param proxy load of the drawn proxy rows, whether the method uses them or not
     */
    public record PlannedWork(int steps, TokenLoad task, TokenLoad proxy) {
        /** No training at all. */
        public static final PlannedWork NONE = new PlannedWork(0, TokenLoad.NONE, TokenLoad.NONE);

        /** Number of tokens, as in the table runs. */
        public long tokens() {
            return task.tokens() + proxy.tokens();
        }
    }

    /**
     * The work that the run will record; none where the method trains nothing.
     *
     * @param seed of the run
     * @param epoch at the end of which the run is taken
     */
    public PlannedWork recorded(Method method, long seed, int epoch) {
        return method.trains() ? dealt(seed, epoch * training.stepsOfAnEpoch(task.size())) : PlannedWork.NONE;
    }

    private PlannedWork dealt(long seed, int steps) {
        BatchOrder<Integer> tasks = new BatchOrder<>(task, Integer::intValue, training.batch(), seed);
        BatchOrder<Integer> proxies = new BatchOrder<>(proxy, Integer::intValue, training.proxyBatch(), ~seed);
        TokenLoad read = TokenLoad.NONE;
        TokenLoad beside = TokenLoad.NONE;
        for (long micro = (long) steps * training.accumulation(); micro > 0; micro--) {
            read = read.plus(TokenLoad.of(tasks.next()));
            beside = beside.plus(TokenLoad.of(proxies.next()));
        }
        return new PlannedWork(steps, read, beside);
    }
}
