package org.selgen.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.selgen.data.BadInput;
import org.selgen.lm.Decoder;
import org.selgen.method.Method;
import org.selgen.tensor.Cores;
import org.selgen.tensor.PeakRates;

/**
 * Speed of training and generation of a model on this machine, beside a large matrix product and a copy of memory in the same
 * run. The random model has the toy's shape.
 */
public final class Benchmark {
    /** What can be measured. */
    public static final List<String> PARTS = List.of("train", "methods", "generate");

    private static final List<Integer> BATCHES = List.of(1, 16, 64);

    private final Consumer<Measured> out;
    private final Options options;

    /**
     * What is measured and how.
     *
     * @param cores that one run may use
     * @param steps training steps to time
     * @param shape of a step
     * @param only some of {@link #PARTS}
     * @param methods whose steps are timed, by name; the others are compared with the first
     */
    public record Options(int cores, int steps, BatchShape shape, Set<String> only, Map<String, Method> methods) {
        public Options {
            only = Set.copyOf(only);
            methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
            if (cores < 1 || steps < 1) {
                throw new BadInput(
                        "--threads is " + cores + " and --steps is " + steps + " but both must be at least 1");
            }
            for (String part : only) {
                if (!PARTS.contains(part)) {
                    throw new BadInput("--only: '" + part + "' is nothing that is measured; give some of "
                            + String.join(", ", PARTS));
                }
            }
        }
    }

    /** @param out gets each number as soon as it is measured */
    public Benchmark(Options options, Consumer<Measured> out) {
        this.options = options;
        this.out = out;
    }

    /** Measures a model. */
    public List<Measured> run(Decoder lm) throws IOException {
        List<Measured> all = new ArrayList<>();
        Consumer<Measured> keep = all::add;
        Consumer<Measured> each = keep.andThen(out);
        int given = Cores.count();
        Cores.limit(options.cores());
        try {
            measure(lm, each);
        } finally {
            Cores.limit(given);
        }
        return all;
    }

    private void measure(Decoder lm, Consumer<Measured> each) throws IOException {
        double roof = PeakRates.flops(options.cores());
        each.accept(new Measured("roof", "roof_gflops", roof / 1e9, "GFLOP/s of a product of 2048 x 2048 float32"));
        TrainingBenchmark training = new TrainingBenchmark(lm, options.shape());
        if (options.only().contains("train")) {
            train(training, roof, each);
        }
        if (options.only().contains("methods")) {
            methods(training, each);
        }
        if (options.only().contains("generate")) {
            generate(new GenerationBenchmark(lm), each);
        }
        each.accept(new Measured("memory", "peak_bytes", peakBytes(), "bytes at most of this process"));
    }

    private void train(TrainingBenchmark training, double before, Consumer<Measured> each) {
        double seconds = training.secondsOfAStep(options.steps());
        double roof = Math.max(before, PeakRates.flops(options.cores()));
        double rate = training.operationsOfAStep() / seconds;
        String of = "of " + options.shape().rows() + " rows of "
                + options.shape().tokens() + " tokens, LoRA r 8 on all projections";
        each.accept(new Measured("train", "train_step_ms", seconds * 1e3, "ms of a step " + of + ", the median"));
        each.accept(new Measured(
                "train", "train_tokens_per_s", training.tokensOfAStep() / seconds, "tokens/s of training"));
        each.accept(new Measured("train", "train_gflops", rate / 1e9, "GFLOP/s of training"));
        each.accept(new Measured("train", "train_roof_fraction", rate / roof, "of the matrix product"));
        if (options.cores() > 1) {
            cores(training, seconds, each);
        }
    }

    /** What several cores are good for, to one run and to many. */
    private void cores(TrainingBenchmark training, double seconds, Consumer<Measured> each) {
        double together = training.secondsOfStepsSideBySide(options.steps(), options.cores());
        Cores.limit(1);
        double alone = training.secondsOfAStep(options.steps());
        Cores.limit(options.cores());
        String of = options.cores() + " cores, of the time on one";
        each.accept(new Measured("train", "one_run_cores", seconds / alone, "time of one run on " + of));
        each.accept(new Measured(
                "train",
                "sweep_ratio",
                together / (options.cores() * alone),
                "time of as many runs side by side on " + of + " after the other"));
    }

    /** Steps of methods on the same batches, with results of the reference model kept. */
    private void methods(TrainingBenchmark training, Consumer<Measured> each) {
        double first = 0;
        for (Map.Entry<String, Method> method : options.methods().entrySet()) {
            double seconds = training.secondsOfAStep(method.getValue(), options.steps());
            if (first == 0) {
                first = seconds;
            } else {
                each.accept(new Measured(
                        "methods",
                        method.getKey() + "_step_ratio",
                        seconds / first,
                        "of a step of " + options.methods().keySet().iterator().next()));
            }
        }
    }

    private static void generate(GenerationBenchmark generation, Consumer<Measured> each) {
        for (int batch : BATCHES) {
            double speed = generation.tokensPerSecond(batch);
            each.accept(new Measured(
                    "generate",
                    "generate_tokens_per_s." + batch,
                    speed,
                    "tokens/s of " + batch + " answers of 64 tokens together, greedy"));
            if (batch == 1) {
                double bytes = PeakRates.bytes(Cores.count());
                each.accept(new Measured("roof", "roof_copy_gb_per_s", bytes / 1e9, "GB/s read and written by a copy"));
                each.accept(new Measured(
                        "generate",
                        "generate_roof_fraction",
                        speed * generation.bytesOfAToken() / bytes,
                        "of that, the weights read for one answer alone"));
            }
        }
        GenerationBenchmark.VariedLengths varied = generation.variedLengths();
        each.accept(new Measured(
                "generate",
                "generate_mixed_tokens_per_s",
                varied.tokensPerSecond(),
                "tokens/s of 256 sampled answers of 40 tokens in the mean, 200 at most"));
        each.accept(new Measured(
                "generate",
                "generate_places_taken",
                varied.placesTaken(),
                "of a batch's places had an answer while other prompts waited"));
        each.accept(new Measured(
                "generate",
                "generate_samples_tokens_per_s",
                generation.samplesTokensPerSecond(),
                "tokens/s of 100 samples of 40 tokens of one prompt of 200"));
    }

    /** The most memory that the process has had, by Linux; 0 elsewhere. */
    private static double peakBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
