package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    private static Submitted query(String master, Map<String, String> environment) throws IOException {
        return Submitted.command(environment, "query", "SHOW TABLES", "--master", master);
    }
}
