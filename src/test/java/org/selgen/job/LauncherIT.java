package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher refuses before Spark is begun. */
@Tag("cluster")
class LauncherIT {
    private static final Path SPARK = Path.of("target/spark-home").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("jobs/selgen", "--version").start().waitFor())
                .isZero();
    }

    /** A lake in HDFS is found by Hadoop's settings from every master. */
    @ParameterizedTest
    @CsvSource({
        "local[2], HADOOP_CONF_DIR, core-site.xml, Hadoop",
        "spark://127.0.0.1:1, YARN_CONF_DIR, hdfs-site.xml, Hadoop",
        "yarn, HADOOP_CONF_DIR, core-site.xml, Hadoop",
        "k8s://https://127.0.0.1:1, KUBECONFIG, config, Kubernetes"
    })
    void settingsOfAClusterThatCannotBeReadAreNamed(String master, String variable, String name, String system)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name), "<configuration>");
        String place = (variable.endsWith("_DIR") ? folder : file).toString();
        Submitted query = query(master, Map.of("SPARK_HOME", SPARK.toString(), variable, place));
        assertThat(query.ended()).as(query.text()).isEqualTo(2);
        assertThat(query.text())
                .startsWith("selgen: " + file + " cannot be read as settings of " + system + "; ")
                .doesNotContain("\n");
    }

    @Test
    void yarnWithoutHadoopsSettingsIsRefused() throws IOException, InterruptedException {
        Map<String, String> none = Map.of("SPARK_HOME", SPARK.toString(), "HADOOP_CONF_DIR", "", "YARN_CONF_DIR", "");
        Submitted query = query("yarn", none);
        assertThat(query.ended()).as(query.text()).isEqualTo(2);
        assertThat(query.text()).startsWith("selgen: --master is yarn but HADOOP_CONF_DIR is not set; ");
    }

    /** Without a cluster too, where the verb would else start without spark-submit. */
    @Test
    void settingsOfHadoopAreHeardOnOneMachine() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("core-site.xml"), """
                <configuration><property>
                <name>fs.viewfs.mounttable.here.link./lake</name><value>%s</value>
                </property></configuration>
                """.formatted(folder.toUri()));
        ProcessBuilder query =
                new ProcessBuilder("jobs/selgen", "query", "SHOW TABLES", "--lake", "viewfs://here/lake");
        query.environment().put("HADOOP_CONF_DIR", folder.toString());
        Process process = query.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(2);
        assertThat(said).contains("the lake viewfs://here/lake holds no tables yet");
    }

    private static Submitted query(String master, Map<String, String> environment) throws IOException {
        return Submitted.command(environment, "query", "SHOW TABLES", "--master", master);
    }
}
