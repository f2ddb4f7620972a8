package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.stage.SmallQuickstart;
import org.selgen.stage.SmallQuickstart.LakeContents;

/** The quickstart's verbs on YARN with a lake in HDFS: a real ResourceManager and NodeManager, and the tables of one machine. */
@Tag("cluster")
@Tag("yarn")
class YarnIT {
    private static final Path JARS = Path.of("target/yarn").toAbsolutePath();

    /** One training, beside the base model: what executors do in other ways is of the other clusters. */
    private static final String[] SMALL = {
        "--conf", "spark.executor.instances=1",
        "--conf", "spark.executor.cores=2",
        "--conf", "spark.executor.memory=1g",
        "--conf", "spark.driver.host=127.0.0.1"
    };

    @TempDir
    static Path folder;

    private static SmallQuickstart quickstart;
    private static LakeContents here;
    private static Process hadoop;
    private static String files; // URI of HDFS

    @BeforeAll
    static void startAndDoItOnThisMachine() throws IOException, InterruptedException {
        Path spark = distribution();
        String classes = JARS.resolve("servers") + "/*:" + spark.resolve("jars") + "/*";
        List<String> words = List.of(
                "java",
                "@" + Path.of("jobs/java.options").toAbsolutePath(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=" + conf() + "/log4j2.properties",
                "-cp",
                classes,
                Path.of("src/test/yarn/MiniCluster.java").toAbsolutePath().toString(),
                folder.toString());
        Path log = folder.resolve("hadoop.log");
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectError(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home")); // by which it begins containers
        hadoop = builder.start();
        quickstart = SmallQuickstart.in(folder, TestExperiment.TINY, "methods=[standard]");
        here = quickstart.here("local"); // meanwhile
        BufferedReader said = hadoop.inputReader();
        while (files == null) {
            String line = said.readLine();
            assertThat(line).as(Files.readString(log)).isNotNull();
            files = line.startsWith("ready ") ? line.substring("ready ".length()) : null;
        }
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        hadoop.outputWriter().close(); // by which it ends
        hadoop.waitFor();
    }

    private static String conf() {
        return Path.of("conf").toAbsolutePath().toString();
    }

    /** The launcher's Spark, with what a distribution has for YARN. */
    private static Path distribution() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("jobs/selgen", "--version").start().waitFor())
                .isZero();
        Path home = Files.createDirectories(folder.resolve("spark/jars")).getParent();
        Path own = Path.of("target/spark-home").toAbsolutePath();
        Files.createSymbolicLink(home.resolve("bin"), own.resolve("bin"));
        for (Path from : List.of(own.resolve("jars"), JARS)) {
            try (Stream<Path> jars = Files.list(from)) {
                for (Path jar : jars.filter(Files::isRegularFile).toList()) {
                    Files.createSymbolicLink(home.resolve("jars").resolve(jar.getFileName()), jar);
                }
            }
        }
        return home;
    }

    private static Map<String, String> environment(Path hadoopConf) {
        return Map.of(
                "SPARK_HOME", folder.resolve("spark").toString(),
                "SPARK_CONF_DIR", conf(),
                "HADOOP_CONF_DIR", hadoopConf.toString());
    }

    @Test
    void yarnLeavesWhatOneMachineDoes() throws IOException, InterruptedException {
        String lake = files + "/lake";
        List<String> settings = new ArrayList<>(List.of(SMALL));
        settings.addAll(List.of("--conf", "spark.yarn.jars=local:" + folder.resolve("spark/jars") + "/*"));
        Submitted run = quickstart.on(
                environment(folder.resolve("conf-hadoop")), "yarn", lake, settings.toArray(String[]::new));
        assertThat(run.ended()).as(run.text()).isZero();
        assertThat(quickstart.left(lake)).isEqualTo(here);
    }
}
