package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies by SIGKILL, as when a machine is taken away, in the middle of its work. */
class KillIT {
    private static final String[] SETTINGS = {
        "training.epochs=15",
        "checkpoint={steps: 3}",
        "methods=[{kl-penalty: {beta: 1}}, {o-lora: {lambda: 0.1}}]",
        "evaluate={epochs: [5, 15]}"
    };

    @TempDir
    Path folder;

    @Test
    void anExperimentKilledAtAnyMomentAndStartedAgainEndsWithTheBitsOfAnUndisturbedOne() throws Exception {
        SmallExperiment small = SmallExperiment.in(folder);
        Stages undisturbed = small.bench("undisturbed", SETTINGS);
        SmallExperiment.stages(undisturbed);
        Path lake = small.lake("killed");
        killed(small, () -> checkpoints(lake, step -> true));
        assertThat(lake.resolve("adapters"))
                .satisfiesAnyOf(
                        at -> assertThat(at).doesNotExist(),
                        at -> assertThat(at).isEmptyDirectory());
        killed(small, () -> checkpoints(lake, step -> step > 40));
        killed(small, () -> Files.isDirectory(lake.resolve("delta/generations/_delta_log")));
        Stages resumed = small.bench("killed", SETTINGS);
        SmallExperiment.stages(resumed);
        assertThat(SmallExperiment.results(resumed)).isEqualTo(SmallExperiment.results(undisturbed));
        assertThat(resumed.context().finished()).hasSize(5);
    }

    @FunctionalInterface
    private interface Moment {
        boolean isThere() throws IOException;
    }

    /** Starts {@code selgen run} in a JVM of its own and kills it as soon as the moment is there. */
    private void killed(SmallExperiment small, Moment moment) throws Exception {
        Path log = folder.resolve("log");
        Process child = new ProcessBuilder(command(small))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            while (!moment.isThere()) {
                assertThat(child.isAlive())
                        .as(() -> "it ended before: " + text(log))
                        .isTrue();
                Thread.sleep(2);
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).as(() -> text(log)).isEqualTo(128 + 9);
    }

    private static List<String> command(SmallExperiment small) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", path, "org.selgen.Main", "run"));
        command.addAll(
                List.of(small.conf().toString(), "--lake", small.lake("killed").toString()));
        command.addAll(List.of("--master", "local[2]"));
        Stream.of(SETTINGS).forEach(setting -> command.addAll(List.of("--set", setting)));
        return command;
    }

    /** Whether some training has a checkpoint of such a step. */
    private static boolean checkpoints(Path lake, Predicate<Integer> step) throws IOException {
        if (!Files.isDirectory(lake.resolve("checkpoints"))) {
            return false;
        }
        try (Stream<Path> files = Files.walk(lake.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("step-\\d+\\.safetensors"))
                    .anyMatch(name -> step.test(Integer.valueOf(name.replaceAll("\\D", ""))));
        } catch (java.io.UncheckedIOException e) {
            return false; // a file was deleted while we looked
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
