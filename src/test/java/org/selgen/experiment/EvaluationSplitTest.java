package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.Variant;

class EvaluationSplitTest {
    /** Two rows of each group. */
    private static List<Example> rows(int groups) {
        return IntStream.range(0, 2 * groups)
                .mapToObj(i -> new Example(
                        "row" + i,
                        "set",
                        "task",
                        "kind",
                        "group" + i / 2,
                        Variant.ASK,
                        List.of(Message.user("q" + i)),
                        "a",
                        null))
                .toList();
    }

    @Test
    void aShareOfTheGroupsIsHeldOutWhole() {
        EvaluationSplit split = EvaluationSplit.of("data.task", rows(10), 0.3);
        assertThat(split.heldOut()).hasSize(6);
        assertThat(split.learnt()).hasSize(14).isSubsetOf(rows(10));
        assertThat(split.heldOut().stream().map(Example::group).distinct())
                .hasSize(3)
                .doesNotContainAnyElementsOf(
                        split.learnt().stream().map(Example::group).toList());
    }

    @Test
    void withoutAShareAllRowsAreLearnt() {
        assertThat(EvaluationSplit.of("data.task", rows(3), 0)).isEqualTo(new EvaluationSplit(rows(3), List.of()));
    }

    @Test
    void aGroupWithASmallHashStaysHeldOutInALargerDataset() {
        List<Example> small = EvaluationSplit.of("data.task", rows(40), 0.5).heldOut();
        List<Example> large = EvaluationSplit.of("data.task", rows(44), 0.5).heldOut();
        assertThat(Stream.concat(small.stream(), large.stream()).distinct()).hasSizeLessThan(52);
    }

    @Test
    void aShareThatLeavesNothingToLearnIsRefused() {
        assertThatThrownBy(() -> EvaluationSplit.of("data.proxy", rows(1), 0.1))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "training.heldOut is 0.1 but data.proxy has 1 groups of rows, of which none would be left to"
                                + " learn; lower it, or give more rows");
    }
}
