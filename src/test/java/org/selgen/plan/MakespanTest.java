package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selgen.cluster.TaskPriority;
import org.selgen.plan.Makespan.Job;

class MakespanTest {
    private static Job train(double seconds, Job... then) {
        return new Job(new TaskPriority(TaskPriority.TRAIN, seconds), List.of(then));
    }

    private static Job ask(double seconds) {
        return new Job(new TaskPriority(TaskPriority.ASK, seconds), List.of());
    }

    private static double seconds(int slots, Job... jobs) {
        return Makespan.seconds(List.of(jobs), slots).orElseThrow();
    }

    @Test
    void inOneSlotTasksAddUp() {
        assertThat(seconds(1, train(3, ask(1)), train(4), train(5, train(2)))).isEqualTo(15);
    }

    @Test
    void withASlotForEachTheLongestChainDecides() {
        assertThat(seconds(7, train(3, ask(1), ask(4)), train(6), train(5))).isEqualTo(7);
    }

    @Test
    void theLongestComeFirst() {
        // 5 | 3, 3 — and not 3 | 3, 5
        assertThat(seconds(2, train(3), train(3), train(5))).isEqualTo(6);
    }

    @Test
    void aRunIsAskedBeforeAnotherIsTrained() {
        // 4 | 2, then its asking of 1, then 3; by length alone the asking would come last
        Stream<Job> then = Stream.of(ask(1));
        assertThat(seconds(2, train(4), train(2, then.toArray(Job[]::new)), train(1.5)))
                .isEqualTo(4.5);
    }

    @Test
    void whatIsNotKnownIsNotGuessed() {
        assertThat(Makespan.seconds(Arrays.asList(train(1), train(Double.NaN)), 2))
                .isEqualTo(OptionalDouble.empty());
    }

    @Test
    void nothingTakesNoTime() {
        assertThat(seconds(2)).isZero();
    }
}
