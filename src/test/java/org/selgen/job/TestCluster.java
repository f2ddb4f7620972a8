package org.selgen.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Spark cluster of a test's own, by the scripts that a user starts one with: a master and two workers of one core. */
final class TestCluster implements AutoCloseable {
    private final Path folder;
    private final String url;

    private TestCluster(Path folder, String url) {
        this.folder = folder;
        this.url = url;
    }

    static TestCluster start(Path folder) throws IOException, InterruptedException {
        String said = script("jobs/cluster/start", "--dir", folder.toString(), "--memory", "1g");
        return new TestCluster(
                folder,
                said.lines()
                        .filter(line -> line.startsWith("spark://"))
                        .findFirst()
                        .orElseThrow());
    }

    String url() {
        return url;
    }

    /** A worker's process, counted from 1. */
    ProcessHandle worker(int number) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("worker-" + number + ".pid"))
                        .strip()))
                .orElseThrow();
    }

    /** Processes of the executors that a worker has now. */
    Stream<ProcessHandle> executors(int worker) throws IOException {
        return worker(worker).descendants().filter(TestCluster::executes);
    }

    private static boolean executes(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        script("jobs/cluster/stop", "--dir", folder.toString());
    }

    private static String script(String... words) throws IOException, InterruptedException {
        Path said =
                Files.createTempFile("cluster", ".txt"); // not a pipe, which the processes it starts would hold open
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        String text = Files.readString(said);
        Files.delete(said);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(List.of(words) + " did not end well: " + text);
        }
        return text;
    }
}
