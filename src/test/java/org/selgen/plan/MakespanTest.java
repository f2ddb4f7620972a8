package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selgen.cluster.TaskPriority;
import org.selgen.plan.Makespan.Job;

class MakespanTest {
    /** A task, and those that need it. */
    private record Tree(TaskPriority priority, List<Tree> then) {}

    private static Tree train(double seconds, Tree... then) {
        return new Tree(new TaskPriority(TaskPriority.TRAIN, seconds), List.of(then));
    }

    private static Tree ask(double seconds) {
        return new Tree(new TaskPriority(TaskPriority.GENERATE, seconds), List.of());
    }

    private static void add(List<Job> jobs, Tree tree, Set<String> needs) {
        String id = "job " + jobs.size();
        jobs.add(new Job(id, tree.priority(), needs));
        tree.then().forEach(next -> add(jobs, next, Set.of(id)));
    }

    private static OptionalDouble makespan(int slots, Tree... trees) {
        List<Job> jobs = new ArrayList<>();
        List.of(trees).forEach(tree -> add(jobs, tree, Set.of()));
        return Makespan.seconds(jobs, slots);
    }

    private static double seconds(int slots, Tree... trees) {
        return makespan(slots, trees).orElseThrow();
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
        assertThat(seconds(2, train(4), train(2, ask(1)), train(1.5))).isEqualTo(4.5);
    }

    @Test
    void whatIsNotKnownIsNotGuessed() {
        assertThat(makespan(2, train(1), train(Double.NaN))).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void aTaskWaitsForAllThatItNeeds() {
        TaskPriority second = new TaskPriority(TaskPriority.TRAIN, 1);
        TaskPriority third = new TaskPriority(TaskPriority.TRAIN, 3);
        assertThat(Makespan.seconds(
                        List.of(
                                new Job("edited", second, Set.of("standard", "proxy")),
                                new Job("standard", second, Set.of()),
                                new Job("proxy", third, Set.of())),
                        3))
                .hasValue(4);
    }

    @Test
    void nothingTakesNoTime() {
        assertThat(seconds(2)).isZero();
    }
}
