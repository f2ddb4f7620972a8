package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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

    @ParameterizedTest
    @CsvSource({"spark://host:7077, '', 64", "spark://host:7077, 7, 7", "local[2], '', 4"})
    void rowsMoveInAsManyTasksAsAClusterHasSlotsUnlessSet(String master, String set, String partitions) {
        String key = "spark.sql.shuffle.partitions";
        SparkConf settings = SparkSettings.of(master, set.isEmpty() ? Map.of() : Map.of(key, set));
        SparkSettings.partitions(settings, 64).ifPresent(many -> settings.set(key, String.valueOf(many)));
        assertThat(settings.get(key)).isEqualTo(partitions);
    }
}
