package org.selgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import picocli.CommandLine;

/** Small inputs with their right results, a numbered folder each, in the folder of the system property {@code trials.dir}. */
final class Trials {
    private static final String PROPERTY = "trials.dir";

    private Trials() {}

    /** The folder of a trial, by the number that its name begins with; a test without it is reported as not run. */
    static Path folder(String number) throws IOException {
        String all = System.getProperty(PROPERTY, "");
        Assumptions.assumeFalse(all.isBlank(), "not run: -D" + PROPERTY + " does not name the folder of the trials");
        try (Stream<Path> folders = Files.list(Path.of(all))) {
            List<Path> found = folders.filter(
                            folder -> folder.getFileName().toString().startsWith(number + "-"))
                    .toList();
            Assumptions.assumeTrue(found.size() == 1, "not run: " + all + " has " + found.size() + " trials " + number);
            return found.get(0);
        }
    }

    /** The objects of a file, one a line. */
    static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                rows.add(JsonMapper.builder().build().readTree(line));
            }
        }
        return rows;
    }

    /** What the command says, behind its exit code: errors, then answers. */
    static String said(String... words) {
        StringWriter err = new StringWriter();
        StringWriter out = new StringWriter();
        CommandLine command = Main.command();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        int code = command.execute(words);
        return code + " " + err + out;
    }

    /** Files of a trial whose names match. */
    static List<Path> files(String trial, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder(trial))) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .toList();
        }
    }

    /** Does what a trial says in Python; a test without what that needs is reported as not run. */
    static void run(Path trial, String... python) throws IOException, InterruptedException {
        ProcessBuilder make = new ProcessBuilder(
                Stream.concat(Stream.of("python3", "-B"), Stream.of(python)).toList());
        make.environment().put("P", Path.of("").toAbsolutePath().toString());
        Process process = make.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assumptions.assumeTrue(process.waitFor() == 0, "not run: Python says of trial " + trial + ": " + said);
    }
}
