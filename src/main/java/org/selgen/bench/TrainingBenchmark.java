package org.selgen.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Method;
import org.selgen.method.Standard;
import org.selgen.tensor.Cores;
import org.selgen.train.FlopCount;
import org.selgen.train.ProxyRow;
import org.selgen.train.TokenLoad;
import org.selgen.train.Trainer;
import org.selgen.train.Training;

/** Steps of LoRA training, rank 8 on all projections. */
final class TrainingBenchmark {
    private static final int WARM = 5; // steps before those that count
    private static final int PROXY_SHARE = 4;

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
        return secondsOfAStep(new Standard(), steps);
    }

    /** The same of a method, with a proxy row beside each four task rows. */
    double secondsOfAStep(Method method, int steps) {
        List<Long> ends = new ArrayList<>();
        int beside = Math.max(1, rows / PROXY_SHARE);
        Training training = new Training(1, rows, beside, 1, 1e-4f, 0, 0, 0, length, Training.LossOn.ALL);
        Workload workload = new Workload(lm.config().vocab());
        List<Sequence> task = workload.rows((WARM + steps) * rows, length);
        List<Sequence> answers = workload.rows(2 * beside, length);
        List<ProxyRow> proxy = IntStream.range(0, beside)
                .mapToObj(i -> new ProxyRow(answers.get(i), answers.get(beside + i)))
                .toList();
        try (Adapter adapter = Adapter.fresh(lora, lm.config(), 1)) {
            new Trainer("bench", training, (StepMetrics m) -> ends.add(System.nanoTime()))
                    .fit(lm.with(adapter), method, task, proxy, 1);
        }
        List<Double> seconds = new ArrayList<>();
        for (int i = ends.size() - steps; i < ends.size(); i++) {
            seconds.add((ends.get(i) - ends.get(i - 1)) / 1e9);
        }
        return seconds.stream().sorted().toList().get(steps / 2);
    }

    /** Mean over several runs that are trained at once, each a task, of their median seconds of a step. */
    double secondsOfStepsSideBySide(int steps, int runs) {
        ExecutorService tasks = Executors.newFixedThreadPool(runs);
        try {
            Callable<Double> one = () -> Cores.task(() -> secondsOfAStep(steps));
            return tasks.invokeAll(Collections.nCopies(runs, one)).stream()
                    .mapToDouble(TrainingBenchmark::result)
                    .average()
                    .orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            tasks.shutdown();
        }
    }

    private static double result(Future<Double> done) {
        try {
            return done.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
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
