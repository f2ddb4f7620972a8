package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.hadoop.fs.FSError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Failure;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.stage.PrepareStage.OnLeak;

/** Disks and files that fail under an experiment; mended, the same verbs leave what an undisturbed one leaves. */
@Tag("slow")
@Order(1)
class FaultTest {
    private static final String SAVED = "checkpoint={steps: 3}";

    @TempDir
    static Path folder;

    private static SmallExperiment small;
    private static Map<String, List<String>> undisturbed;

    @BeforeAll
    static void doItUndisturbed() throws IOException {
        small = SmallExperiment.in(folder);
        undisturbed = stages("undisturbed");
    }

    private static Map<String, List<String>> stages(String lake) throws IOException {
        Stages bench = small.bench(lake, SAVED);
        SmallExperiment.stages(bench);
        return SmallExperiment.results(bench);
    }

    @Test
    void aDiskThatIsFullAtAnyMomentLosesNothing() throws IOException, InterruptedException {
        List<String> stops = new ArrayList<>();
        try (SmallDisk disk = SmallDisk.at(small.lake("full"), 24)) {
            Map<String, List<String>> left = null;
            while (left == null) {
                try {
                    left = stages("full");
                } catch (Exception | FSError e) {
                    assertThat(Failure.mendable(e)).as("%s", e).get().asString().contains("free some");
                    stops.add(Failure.mendable(e).get());
                    disk.grow(48);
                }
            }
            assertThat(left).isEqualTo(undisturbed);
        }
        assertThat(stops).as("moments at which it was full").hasSizeGreaterThan(4);
    }

    /** Each further training would fail like the first, after it had used its time. */
    @Test
    void aFullDiskUnderTheCheckpointsStopsTheVerbAndFailsNoRun() throws IOException, InterruptedException {
        Path checkpoints = small.lake("unsaved").resolve("checkpoints");
        try (SmallDisk disk = SmallDisk.at(checkpoints, 4)) {
            assertThatThrownBy(() -> stages("unsaved"))
                    .hasMessageContaining(checkpoints.toString())
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("free some space");
            assertThat(small.bench("unsaved").context().lake().runs().read())
                    .extracting(Run::status)
                    .doesNotContain(Status.FAILED);
            disk.grow(4096);
            assertThat(stages("unsaved")).isEqualTo(undisturbed);
        }
    }

    @Test
    void aDamagedCheckpointIsNamedAndTheTrainingGoesOnFromTheOneBefore() throws IOException {
        assertThatThrownBy(() -> SmallExperiment.train(small.bench("damaged", SAVED), step -> {
                    if (step.step() > 10) {
                        throw new IllegalStateException("stopped");
                    }
                }))
                .hasMessageContaining("stopped");
        Path newest = checkpoint("damaged", "step-9.safetensors");
        flipLastByte(newest);
        Stages bench = small.bench("damaged", SAVED);
        bench.train();
        assertThat(bench.context().lake().runs().read())
                .filteredOn(run -> run.status() == Status.FAILED)
                .singleElement()
                .satisfies(run -> assertThat(run.reason()).contains(newest.toString(), "is damaged", "delete it"));
        Files.delete(newest);
        assertThat(checkpoint("damaged", "step-6.safetensors")).exists();
        assertThat(stages("damaged")).isEqualTo(undisturbed);
    }

    /** Its runs are those of another model: without a word there would be nothing to ask. */
    @Test
    void aFileThatTheModelHasLostSinceTrainingIsNoticedByGenerate() throws IOException {
        Path model = folder.resolve("model");
        PathUtils.copyDirectory(Path.of("data-lake/models/tiny"), model);
        Path extra = Files.writeString(model.resolve("generation_config.json"), "{}");
        String there = "model=" + model;
        Stages bench = small.bench("lost", SAVED, there);
        bench.prepare(OnLeak.STOP);
        bench.train();
        Files.delete(extra);
        assertThatThrownBy(() -> small.bench("lost", SAVED, there).generate())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no run of this experiment has finished in the lake");
        Files.writeString(extra, "{}");
        Stages mended = small.bench("lost", SAVED, there);
        SmallExperiment.stages(mended);
        assertThat(mended.context().finished()).hasSize(2);
        assertThat(mended.context().lake().runs().read()).hasSize(2);
        assertThat(mended.context().lake().generations().read()).hasSameSizeAs(undisturbed.get("generations"));
    }

    private static Path checkpoint(String lake, String name) {
        try (Stream<Path> files = Files.walk(small.lake(lake).resolve("checkpoints"))) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flipLastByte(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long last = channel.size() - 1;
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, last);
            one.put(0, (byte) ~one.get(0)).flip();
            channel.write(one, last);
        }
    }
}
