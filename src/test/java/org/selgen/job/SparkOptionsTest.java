package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selgen.cluster.Gpus;
import org.selgen.data.BadInput;

class SparkOptionsTest {
    @Test
    void theDefaultMasterIsThisMachine() {
        assertThat(place(null, Map.of()).settings().get("spark.master")).isEqualTo("local[*]");
    }

    @Test
    void theApplicationIsNamedAsTheUserCallsIt() {
        assertThat(place(null, Map.of()).settings("run quickstart").get("spark.app.name"))
                .isEqualTo("selgen run quickstart");
        assertThat(place(null, Map.of("spark.app.name", "org.selgen.Main"))
                        .settings("plan mine")
                        .get("spark.app.name"))
                .isEqualTo("selgen plan mine");
        assertThat(place(null, Map.of("spark.app.name", "nightly"))
                        .settings("query")
                        .get("spark.app.name"))
                .isEqualTo("nightly");
    }

    @Test
    void gpuSettingsOnALocalMasterAreRefused() {
        SparkOptions place = place("local[2]", Map.of("spark.task.resource.gpu.amount", "1"));
        assertThatThrownBy(place::settings)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("spark.task.resource.gpu.amount is 1 but master is local[2]");
    }

    @Test
    void gpuSettingsOnAClusterAreKept() {
        SparkOptions place = place("spark://host:7077", Map.of(Gpus.EXECUTOR, "2", Gpus.TASK, "1"));
        assertThat(place.settings().get(Gpus.TASK)).isEqualTo("1");
    }

    @Test
    void aTaskThatAsksForMoreGpusThanItsExecutorHasIsRefused() {
        SparkOptions place = place("spark://host:7077", Map.of(Gpus.EXECUTOR, "2", Gpus.TASK, "3"));
        assertThatThrownBy(place::settings)
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "spark.task.resource.gpu.amount is 3 but spark.executor.resource.gpu.amount, of which a task"
                                + " gets its GPUs, is 2; set it to at least 3");
    }

    @Test
    void aTaskWithGpusAndAnExecutorWithoutAnyIsRefused() {
        SparkOptions place = place("spark://host:7077", Map.of(Gpus.TASK, "1"));
        assertThatThrownBy(place::settings).isInstanceOf(BadInput.class).hasMessageContaining("is not set");
    }

    @Test
    void aGpuIsCountedByItsAddress() {
        assertThat(Gpus.device("3")).isEqualTo("cuda:3");
        assertThatThrownBy(() -> Gpus.device("MIG-5c3d"))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "the worker announces the GPU 'MIG-5c3d' but must announce numbers, as nvidia-smi counts GPUs;"
                                + " correct its discovery script");
    }

    /** Spark would put two tasks on it. */
    @Test
    void aPartOfAGpuIsRefused() {
        SparkOptions place = place("spark://host:7077", Map.of(Gpus.EXECUTOR, "1", Gpus.TASK, "0.5"));
        assertThatThrownBy(place::settings)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("spark.task.resource.gpu.amount is 0.5 but must be a whole number");
    }

    @Test
    void whatTheUserSetsIsNotReplaced() {
        SparkOptions place = place("local[2]", Map.of("spark.sql.shuffle.partitions", "7"));
        assertThat(place.settings().get("spark.sql.shuffle.partitions")).isEqualTo("7");
    }

    @Test
    void keysAreRedacted() {
        String regex = place(null, Map.of()).settings().get("spark.redaction.regex");
        for (String name : new String[] {"apiKey", "OPENAI_API_KEY", "my.secret", "password"}) {
            assertThat(name).containsPattern(regex);
        }
    }

    private static SparkOptions place(@Nullable String master, Map<String, String> conf) {
        SparkOptions place = new SparkOptions();
        place.master = master;
        place.conf = conf;
        return place;
    }
}
