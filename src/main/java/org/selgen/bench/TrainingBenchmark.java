package org.selgen.bench;

import java.util.ArrayList;
import java.util.List;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Method;
import org.selgen.method.Standard;
import org.selgen.train.FlopCount;
import org.selgen.train.ProxyRow;
import org.selgen.train.TokenLoad;
import org.selgen.train.Trainer;
import org.selgen.train.Training;

/** Steps of LoRA training, rank 8 on all projections. */
final class TrainingBenchmark {
    private static final int WARM = 5; // steps before those that count

    private final Decoder lm;
    private final LoraConfig lora;
    private final int rows;
    private final int length;

    TrainingBenchmark(Decoder lm, BatchShape shape) {
        this.lm = lm;
        this.lora = new LoraConfig(8, 16, true, LoraConfig.allLinear(lm.config()));
        this.rows = shape.rows();
        this.length = shape.tokens();
    }

    /** Median seconds of a step of standard training. */
    double secondsOfAStep(int steps) {
        return seconds(new Standard(), steps, 1, 1).get(steps / 2);
    }

    /**
     * Median seconds of a step with as many proxy rows as task rows, which come again each epoch, so that what the reference
     * model gives for them is known after the first.
     */
    double secondsOfAStepWithProxy(Method method, int steps) {
        return seconds(method, steps, 1 + (WARM + steps) / 2, rows).get(steps / 2);
    }

    /** Sorted seconds of the last steps. */
    private List<Double> seconds(Method method, int steps, int epochs, int proxyRows) {
        List<Long> ends = new ArrayList<>();
        Training training = new Training(epochs, rows, proxyRows, 1, 1e-4f, 0, 0, 0, length, Training.LossOn.ALL);
        Workload workload = new Workload(lm.config().vocab());
        int taskSteps = epochs == 1 ? WARM + steps : 2;
        List<Sequence> task = workload.rows(taskSteps * rows, length);
        List<ProxyRow> proxy = workload.rows(epochs == 1 ? 1 : rows, length).stream()
                .map(row -> new ProxyRow(row, null))
                .toList();
        try (Adapter adapter = Adapter.fresh(lora, lm.config(), 1)) {
            new Trainer("bench", training, (StepMetrics m) -> ends.add(System.nanoTime()))
                    .fit(lm.with(adapter), method, task, proxy, 1);
        }
        List<Double> seconds = new ArrayList<>();
        for (int i = ends.size() - steps; i < ends.size(); i++) {
            seconds.add((ends.get(i) - ends.get(i - 1)) / 1e9);
        }
        return seconds.stream().sorted().toList();
    }

    int tokensOfAStep() {
        return rows * length;
    }

    /** Number of floating-point operations of a step of standard training. */
    double operationsOfAStep() {
        return FlopCount.of(lm.config(), lora)
                .forwardBackward(new TokenLoad(tokensOfAStep(), (long) rows * length * length));
    }
}
