package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMasterTest {
    private static SparkConf settings(String master) {
        return new SparkConf(false).setMaster(master);
    }

    @ParameterizedTest
    @CsvSource({"local, 1, local[2]", "local[3], 3, local[4]", "'local[3,2]', 3, 'local[4,2]'"})
    void sparkHasOneSlotMoreThanTasks(String master, int tasks, String started) {
        SparkConf spare = LocalMaster.withSpareSlot(settings(master));
        assertThat(spare.get("spark.master")).isEqualTo(started);
        assertThat(LocalMaster.hasSpareSlot(spare)).isTrue();
        assertThat(Gpus.slots(spare)).hasValue(tasks);
        assertThat(Gpus.slots(settings(master))).as("as planned before").hasValue(tasks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://host:7077", "local-cluster[1,1,1024]", "yarn"})
    void aClusterHasNone(String master) {
        SparkConf settings = settings(master);
        assertThat(LocalMaster.withSpareSlot(settings)).isSameAs(settings);
        assertThat(LocalMaster.hasSpareSlot(settings)).isFalse();
    }
}
