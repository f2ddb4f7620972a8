package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepOrderTest {
    private static List<Integer> rows(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    private static StepOrder<Integer, Integer> order(
            int rows, int proxyRows, int batch, int proxyBatch, int accumulation) {
        Training training =
                new Training(1, batch, proxyBatch, accumulation, 1e-3f, 0, 0, 0, 64, Training.LossOn.ANSWER);
        return new StepOrder<>(training, rows(rows), Integer::intValue, rows(proxyRows), Integer::intValue, 1);
    }

    private static List<Integer> task(List<StepOrder.Rows<Integer, Integer>> step) {
        return step.stream().flatMap(micro -> micro.task().stream()).toList();
    }

    private static List<Integer> proxy(List<StepOrder.Rows<Integer, Integer>> step) {
        return step.stream().flatMap(micro -> micro.proxy().stream()).toList();
    }

    @Test
    void thirtyThreeRowsUnderAnAccumulationOf32AreTwoStepsOfOnePass() {
        StepOrder<Integer, Integer> order = order(33, 50, 1, 1, 32);
        List<Integer> seen = new ArrayList<>(task(order.next()));
        seen.addAll(task(order.next()));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(rows(33));
    }

    @ParameterizedTest
    @CsvSource({"1,1,32", "4,4,8", "16,16,2", "8,8,4"})
    void accumulationLeavesTheRowsOfEachStep(int batch, int proxyBatch, int accumulation) {
        StepOrder<Integer, Integer> whole = order(77, 60, 32, 32, 1);
        StepOrder<Integer, Integer> parts = order(77, 60, batch, proxyBatch, accumulation);
        for (int s = 0; s < 12; s++) {
            List<StepOrder.Rows<Integer, Integer>> one = whole.next();
            List<StepOrder.Rows<Integer, Integer>> some = parts.next();
            assertThat(one).hasSize(1);
            assertThat(task(some)).isEqualTo(task(one));
            assertThat(proxy(some)).isEqualTo(proxy(one));
        }
    }

    @ParameterizedTest
    @CsvSource({"33,50,1,1,32", "33,2,1,1,32", "100,7,16,4,1", "100,3,16,4,2", "3,5,2,7,4", "50,40,3,8,5"})
    void aMicroBatchHasAtLeastOneRowOfEachAndAtMostAsManyAsSet(
            int rows, int proxyRows, int batch, int proxyBatch, int accumulation) {
        StepOrder<Integer, Integer> order = order(rows, proxyRows, batch, proxyBatch, accumulation);
        for (int s = 0; s < 20; s++) {
            List<StepOrder.Rows<Integer, Integer>> step = order.next();
            assertThat(step).hasSizeBetween(1, accumulation).allSatisfy(micro -> {
                assertThat(micro.task()).hasSizeBetween(1, batch);
                assertThat(micro.proxy()).hasSizeBetween(1, proxyBatch);
            });
        }
    }

    @Test
    void proxyRowsAreInProportionToTaskRows() {
        StepOrder<Integer, Integer> order = order(33, 50, 4, 2, 4);
        for (int s = 0; s < 6; s++) {
            List<StepOrder.Rows<Integer, Integer>> step = order.next();
            assertThat(proxy(step)).hasSize((task(step).size() + 1) / 2);
        }
    }
}
