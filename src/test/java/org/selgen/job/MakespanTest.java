package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MakespanTest {
    @Test
    void inOneSlotTasksAddUp() {
        assertThat(Makespan.seconds(List.of(3.0, 4.0, 5.0), 1)).isEqualTo(12);
    }

    @Test
    void withASlotForEachTheLongestDecides() {
        assertThat(Makespan.seconds(List.of(3.0, 4.0, 5.0), 7)).isEqualTo(5);
    }

    @Test
    void aTaskIsTakenByTheSlotThatIsFreeFirst() {
        // 4 | 1, 2, 3: the second slot is free at 1, at 3, and ends at 6
        assertThat(Makespan.seconds(List.of(4.0, 1.0, 2.0, 3.0), 2)).isEqualTo(6);
    }

    @Test
    void nothingTakesNoTime() {
        assertThat(Makespan.seconds(List.of(), 2)).isZero();
    }
}
