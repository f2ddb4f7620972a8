package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.RealModels;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.DecoderWeights;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.method.Standard;
import org.selgen.plan.MemoryEstimate.Bytes;
import org.selgen.plan.MemoryEstimate.MicroBatch;
import org.selgen.tensor.Cores;
import org.selgen.tensor.DType;
import org.selgen.train.ProxyRow;
import org.selgen.train.Trainer;
import org.selgen.train.Training;
import org.selgen.train.optimizer.Adamw;

/** The estimate of a training beside the memory that a process of its own takes for it, apart from pages of files. */
class MemoryIT {
    private static final int LENGTH = 96;
    private static final int LEARNT = 24;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theShippedModelsTrainingTakesWhatIsPlanned(boolean checkpointed) throws IOException, InterruptedException {
        compare(Path.of("data-lake/models/tiny"), 64, checkpointed); // beside which what a young JVM takes is little
    }

    /** Activations that are computed again take so little there that what the C library has kept hides it. */
    @Test
    void aRealModelsTrainingTakesWhatIsPlanned() throws IOException, InterruptedException {
        compare(RealModels.folder("smollm2-135m"), 8, false);
    }

    private void compare(Path model, int rows, boolean checkpointed) throws IOException, InterruptedException {
        Path said = folder.resolve("bytes");
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx300m",
                        "-Xms300m", // a heap that is all there from the beginning
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryIT.class.getName(),
                        model.toString(),
                        String.valueOf(rows),
                        String.valueOf(checkpointed))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile())
                .start();
        assertThat(child.waitFor()).as("exit code").isZero();
        String[] bytes = Files.readString(said).strip().split(" ", -1);
        double ratio = Double.parseDouble(bytes[1]) / Double.parseDouble(bytes[0]);
        System.out.println(model.getFileName() + (checkpointed ? ", checkpointed" : "") + ": measured " + bytes[0]
                + ", estimated " + bytes[1] + ", ratio " + ratio);
        assertThat(ratio).isBetween(0.85, 1.15);
    }

    /** Prints the bytes that two steps take at their peak, and the estimate of them. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rows = Integer.parseInt(args[1]);
        Training training = new Training(2, rows, 1, 1, 0.001f, 0, 0, 1, LENGTH, Training.LossOn.ANSWER);
        boolean checkpointed = Boolean.parseBoolean(args[2]);
        try (Decoder opened = Decoder.open(Path.of(args[0]), DType.F32)) {
            Decoder lm = checkpointed ? opened.checkpointed() : opened;
            LoraConfig lora = new LoraConfig(16, 32, true, LoraConfig.allLinear(lm.config()));
            fit(lm, lora, training, 2, rows); // what the engine takes once
            long before = anonymous();
            AtomicLong peak = new AtomicLong(before);
            AtomicBoolean ended = new AtomicBoolean();
            Thread watch = new Thread(() -> watch(peak, ended), "watch");
            watch.start();
            fit(lm, lora, training, LENGTH, rows);
            ended.set(true);
            watch.join();
            System.out.println((peak.get() - before) + " " + estimate(lm.config(), lora, rows, checkpointed));
        }
    }

    private static long estimate(DecoderConfig config, LoraConfig lora, int rows, boolean checkpointed) {
        int parts = Cores.parts(2 * DecoderWeights.matrixElements(config) * rows * LENGTH, rows);
        long atOnce = (long) rows * Math.min(parts, Cores.count()) / parts;
        Bytes bytes = new MemoryEstimate(config, lora, DType.F32, checkpointed)
                .training(new Standard(), Adamw.USUAL, new MicroBatch(atOnce * LENGTH, atOnce * LEARNT));
        return bytes.adapter() + bytes.work(); // the weights are mapped from their file
    }

    private static void fit(Decoder lm, LoraConfig lora, Training training, int length, int rows) {
        long[] ids = new long[length];
        Arrays.setAll(ids, i -> i + 5L);
        int prompt = Math.max(1, length - LEARNT);
        Sequence row = Sequence.answering(Arrays.copyOf(ids, prompt), Arrays.copyOfRange(ids, prompt, length));
        try (Adapter adapter = Adapter.fresh(lora, lm.config(), 1)) {
            new Trainer("memory", training, step -> {})
                    .fit(
                            lm.with(adapter),
                            new Standard(),
                            Collections.nCopies(rows, row),
                            List.of(new ProxyRow(row, null)),
                            1);
        }
    }

    private static void watch(AtomicLong peak, AtomicBoolean ended) {
        try {
            while (!ended.get()) {
                peak.accumulateAndGet(anonymous(), Math::max);
                Thread.sleep(1);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes of memory that is no file's. */
    private static long anonymous() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
