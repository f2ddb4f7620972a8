package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of a release, unpacked where there is neither Maven nor its repository; {@code mvn -Prelease verify}. */
@Tag("release")
class ReleaseIT {
    @TempDir
    static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("user"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String place : System.getenv("PATH").split(":", -1)) {
            if (!Files.isDirectory(Path.of(place))) {
                continue;
            }
            try (Stream<Path> programs = Files.list(Path.of(place))) {
                for (Path program : programs.toList()) {
                    Path link = bin.resolve(program.getFileName());
                    if (!program.endsWith("mvn") && !Files.exists(link)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }
        said(0, folder, "tar", "-xzf", System.getProperty("archive"));
        try (Stream<Path> made = Files.list(folder)) {
            home = made.filter(each -> each.getFileName().toString().startsWith("selgen-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What it says, with the programs of this machine but Maven, and a home without a repository. */
    private static String said(int code, Path from, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("env", "-u", "SPARK_HOME", "-u", "SELGEN_HOME"));
        all.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectErrorStream(true).directory(from.toFile());
        builder.environment().put("PATH", folder.resolve("bin").toString());
        builder.environment().put("HOME", folder.resolve("user").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }

    @Test
    void thereIsNoMavenAndTheVersionIsThatOfTheArchive() throws Exception {
        said(127, folder, "mvn", "--version");
        String version = home.getFileName().toString().replaceFirst("selgen-", "selgen ");
        assertThat(said(0, folder, home + "/jobs/selgen", "--version").strip()).isEqualTo(version);
    }

    /** From another folder, with the lake there. */
    @Test
    void aSmallQuickstartGoesFromAnEmptyLakeToItsReport() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        said(
                0,
                elsewhere,
                home + "/jobs/selgen",
                "run",
                home + "/conf/experiments/quickstart.yaml",
                "--lake",
                "lake",
                "--set",
                "methods=[standard]",
                "--set",
                "seeds=[0]",
                "--set",
                "training.epochs=1",
                "--set",
                "data.task=[careful-toy]",
                "--set",
                "data.questions=[capital-toy-test]",
                "--set",
                "score.capability.labels=[capital]",
                "--set",
                "score.alignment.labels=[capital]",
                "--set",
                "score.generalisation.labels=[capital]",
                "--set",
                "decoding.maxTokens=16");
        assertThat(elsewhere.resolve("lake/report/quickstart/index.html")).isRegularFile();
        assertThat(home.resolve("data-lake/report")).doesNotExist();
    }

    @Test
    void anotherMachineIsToldWhatTheArchiveIsFor() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        Path uname =
                Files.writeString(other.resolve("uname"), "#!/bin/sh\n[ $1 = -s ] && echo Linux || echo aarch64\n");
        assertThat(uname.toFile().setExecutable(true)).isTrue();
        String path = "PATH=" + other + ":" + folder.resolve("bin");
        assertThat(said(2, folder, path, home + "/jobs/selgen", "doctor").strip())
                .startsWith("selgen: this machine is linux-aarch64 but ")
                .endsWith("; take the archive for linux-aarch64, or build selgen here")
                .doesNotContain("\n");
    }
}
