package org.selgen.report.page;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;

/**
 * How a run was trained, step by step; a list for each column, null where a value is no number.
 *
 * @param step of each value
 */
record StepCurve(
        List<Integer> step,
        List<@Nullable Double> loss,
        List<@Nullable Double> task,
        List<@Nullable Double> proxy,
        List<@Nullable Double> gradNorm,
        List<@Nullable Double> learningRate,
        List<Long> tokens) {
    private static final int MOST = 400;

    /** @param steps of one run, in their order */
    static StepCurve of(List<StepMetrics> steps) {
        return new StepCurve(
                steps.stream().map(StepMetrics::step).toList(),
                column(steps, StepMetrics::loss),
                column(steps, StepMetrics::task),
                column(steps, StepMetrics::proxy),
                column(steps, StepMetrics::gradNorm),
                column(steps, StepMetrics::learningRate),
                steps.stream().map(StepMetrics::tokens).toList());
    }

    private static List<@Nullable Double> column(List<StepMetrics> steps, ToDoubleFunction<StepMetrics> of) {
        return steps.stream().map(step -> digits(of.applyAsDouble(step))).toList();
    }

    /** Five digits that count. */
    private static @Nullable Double digits(double value) {
        return Double.isFinite(value) ? Double.valueOf(String.format(java.util.Locale.ROOT, "%.5g", value)) : null;
    }

    /** Whether a step of a run is shown: the first, the last, and as many between as a picture can show. */
    static boolean shows(Run run, int step) {
        return step == 1 || step == run.steps() || step % Math.max(1, (run.steps() + MOST - 1) / MOST) == 0;
    }
}
