package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchOrderTest {
    /** Rows of lengths 1, 2, 3, … */
    private static List<Integer> rows(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    private static List<List<Integer>> pass(BatchOrder<Integer> order, int batches) {
        List<List<Integer>> pass = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            pass.add(order.next());
        }
        return pass;
    }

    private static BatchOrder<Integer> order(int rows, int size, long seed) {
        return new BatchOrder<>(rows(rows), Integer::intValue, size, seed);
    }

    @ParameterizedTest
    @CsvSource({"33,16", "17,16", "40,4", "5,8", "1000,16", "1,1"})
    void aPassHasEveryRowOnceInBatchesThatDifferByAtMostOneRow(int rows, int size) {
        int batches = (rows + size - 1) / size;
        BatchOrder<Integer> order = order(rows, size, 1);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<List<Integer>> pass = pass(order, batches);
            assertThat(pass.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(rows(rows));
            assertThat(pass)
                    .allSatisfy(batch ->
                            assertThat(batch).hasSizeBetween(rows / batches, Math.min(size, rows / batches + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 33, 40, 64, 256})
    void eachPassHasOtherBatchesAlsoWithFewRows(int rows) {
        int batches = (rows + 3) / 4;
        BatchOrder<Integer> order = order(rows, 4, 1);
        Set<List<Integer>> first = new HashSet<>(pass(order, batches));
        assertThat(pass(order, batches)).filteredOn(first::contains).hasSizeLessThan(batches / 2);
    }

    /** A short last batch of the longest rows weighed each of them several times as much. */
    @Test
    void noRowStandsInSmallBatchesForBeingLong() {
        BatchOrder<Integer> order = order(33, 16, 1);
        double weight = 0;
        for (int b = 0; b < 3 * 200; b++) {
            List<Integer> batch = order.next();
            weight += batch.contains(33) ? 1.0 / batch.size() : 0;
        }
        assertThat(weight / 200).isBetween(1 / 11.5, 1 / 10.5);
    }

    @Test
    void rowsOfSimilarLengthStandTogetherWhereThereAreMany() {
        List<List<Integer>> pass = pass(order(1600, 16, 1), 100);
        double spread = pass.stream()
                .mapToInt(batch -> batch.get(batch.size() - 1) - batch.get(0))
                .average()
                .orElseThrow();
        assertThat(spread).isLessThan(200); // 1,400 without windows
    }

    @Test
    void rowsByNumberFollowEachOtherWithoutAShortBatch() {
        BatchOrder<Integer> order = order(6, 4, 1);
        List<Integer> taken = new ArrayList<>();
        for (int b = 0; b < 6; b++) {
            List<Integer> batch = order.next(4);
            assertThat(batch).hasSize(4).isSorted();
            taken.addAll(batch);
        }
        for (int row : rows(6)) {
            assertThat(taken).filteredOn(t -> t == row).hasSize(4);
        }
    }
}
