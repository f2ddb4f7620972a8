package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.selgen.data.Run;

class ShardTest {
    private static final Run RUN = Run.planned("run", "mixed", "", 0, "tiny", "m", "d", "s", 2);

    private static List<Shard> shards(int rows, double seconds, long slots) {
        return Shard.of(RUN, "model", "", IntStream.range(0, rows).toArray(), seconds, slots);
    }

    @Property(tries = 200)
    void eachRowIsInOneShardAndShardsDifferByOneRowAtMost(
            @ForAll @IntRange(min = 1, max = 5000) int rows,
            @ForAll @DoubleRange(max = 1e5) double seconds,
            @ForAll @IntRange(min = 1, max = 64) int slots) {
        List<Shard> shards = shards(rows, seconds, slots);
        assertThat(shards.stream().flatMapToInt(shard -> IntStream.of(shard.rows())))
                .containsExactly(IntStream.range(0, rows).boxed().toArray(Integer[]::new));
        int most = shards.stream().mapToInt(shard -> shard.rows().length).max().orElseThrow();
        int least = shards.stream().mapToInt(shard -> shard.rows().length).min().orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
        assertThat(shards).extracting(Shard::part).doesNotHaveDuplicates();
    }

    @Test
    void allSlotsAnswerOneRunTogetherAndNoBatchIsCutForIt() {
        assertThat(shards(640, 60, 10)).hasSize(10);
        assertThat(shards(640, 60, 100)).as("ten batches").hasSize(10);
        assertThat(shards(64, 60, 10)).as("one batch").hasSize(1);
        assertThat(shards(6400, Double.NaN, 2)).as("of unknown length").hasSize(2);
    }

    @Test
    void aLongAnsweringIsCutIntoMinutes() {
        assertThat(shards(6400, 3600, 2)).hasSize(30);
    }

    @Test
    void everySlotHasAsManyShards() {
        assertThat(shards(6400, 800, 2))
                .as("seven would leave one slot idle at the end")
                .hasSize(8);
    }
}
