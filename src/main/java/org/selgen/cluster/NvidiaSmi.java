package org.selgen.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * NVIDIA's command that reports on GPUs, run once for each report: one that runs on would buffer its output in the pipe.
 *
 * @param command {@code nvidia-smi}
 * @param timeout how long it may take
 */
public record NvidiaSmi(String command, Duration timeout) {
    /** As a machine with a driver has it. */
    public static final NvidiaSmi HERE = new NvidiaSmi("nvidia-smi", Duration.ofSeconds(20));

    /** Values of its {@code --query-gpu}, a list for each GPU. */
    List<List<String>> query(List<String> fields) throws IOException {
        return query(fields, List.of());
    }

    /** Values for one GPU, by its number. */
    List<String> query(List<String> fields, String gpu) throws IOException {
        List<List<String>> rows = query(fields, List.of("--id=" + gpu));
        if (rows.size() != 1) {
            throw new IOException(command + " tells of " + rows.size() + " GPUs where it was asked for number " + gpu);
        }
        return rows.get(0);
    }

    private List<List<String>> query(List<String> fields, List<String> more) throws IOException {
        List<String> words =
                new ArrayList<>(List.of(command, "--query-gpu=" + String.join(",", fields), "--format=csv,noheader"));
        words.addAll(more);
        String said = output(words);
        List<List<String>> rows =
                said.lines().map(line -> List.of(line.split(", ", -1))).toList();
        for (List<String> row : rows) {
            if (row.size() != fields.size()) {
                throw new IOException(command + " was asked for " + String.join(", ", fields) + " but said '"
                        + String.join(", ", row) + "'");
            }
        }
        return rows;
    }

    private String output(List<String> words) throws IOException {
        Process process = start(words);
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) { // its words fit into the pipe
                throw new IOException(command + " did not answer within " + timeout.toMillis() / 1000.0
                        + " s: the NVIDIA driver hangs");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IOException(
                        command + " failed: " + said.lines().findFirst().orElse("it said nothing"));
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command + " ran");
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> words) throws IOException {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; it comes with the NVIDIA driver", e);
        }
    }
}
