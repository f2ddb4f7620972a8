package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.lm.Sequence;
import org.selgen.method.Step;

class DataParallelismTest {
    private static List<Sequence> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Sequence.answering(new long[] {2, 10 + i}, new long[] {70 + i, 1}))
                .toList();
    }

    /** Rows of four tokens, each token half a part's work. */
    @ParameterizedTest
    @CsvSource({"8, 2, false, 8", "8, 2, true, 2", "1, 5, false, 1", "5, 5, true, 4", "40, 40, true, 16"})
    void everyRowIsInOnePart(int task, int proxy, boolean comparing, int parts) {
        StepOrder.Rows<Sequence, ProxyRow> micro = new StepOrder.Rows<>(
                rows(task),
                rows(proxy).stream().map(row -> new ProxyRow(row, null)).toList());
        List<Step> dealt = new DataParallelism(1e9, comparing).parts(micro, 0);
        assertThat(dealt).hasSize(parts);
        assertThat(dealt.stream()
                        .flatMapToLong(step -> IntStream.range(0, step.task().rows())
                                .mapToLong(row -> step.task().ids()[row * 4 + 1])))
                .containsExactlyElementsOf(
                        IntStream.range(0, task).mapToObj(i -> 10L + i).toList());
        int seen = dealt.stream().mapToInt(step -> step.proxy().rows()).sum();
        assertThat(seen).isEqualTo(comparing ? proxy : parts * proxy);
    }

    @ParameterizedTest
    @CsvSource({"1e8, 1", "2.5e8, 1", "5e8, 2", "1e9, 4"})
    void aPartHasAtLeastSoMuchWork(double operationsOfAToken, int parts) {
        StepOrder.Rows<Sequence, ProxyRow> micro =
                new StepOrder.Rows<>(rows(2), List.of(new ProxyRow(rows(1).get(0), null)));
        assertThat(new DataParallelism(operationsOfAToken, false).parts(micro, 0))
                .hasSize(Math.min(2, parts));
    }
}
