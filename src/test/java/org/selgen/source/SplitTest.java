package org.selgen.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;

class SplitTest {
    /** A row for {@code i}: its group is the given number. */
    private record NumberedRow(int i, int number) {
        String group() {
            return "g" + number;
        }
    }

    private static List<NumberedRow> rows(List<Integer> numbers) {
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> new NumberedRow(i, numbers.get(i)))
                .toList();
    }

    private static Split.Parts<NumberedRow> split(List<Integer> numbers, double share, long seed) {
        return new Split(share, seed).of(rows(numbers), NumberedRow::group);
    }

    @Property(tries = 200)
    void noGroupIsOnBothSides(
            @ForAll List<@IntRange(max = 20) Integer> numbers,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll long seed) {
        Split.Parts<NumberedRow> parts = split(numbers, share, seed);
        List<String> first = parts.first().stream().map(NumberedRow::group).toList();
        List<String> second = parts.second().stream().map(NumberedRow::group).toList();
        assertThat(Collections.disjoint(first, second)).isTrue();
    }

    @Property(tries = 200)
    void theTwoPartsAreTheInput(
            @ForAll List<@IntRange(max = 20) Integer> numbers,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll long seed) {
        Split.Parts<NumberedRow> parts = split(numbers, share, seed);
        List<NumberedRow> together = new ArrayList<>(parts.first());
        together.addAll(parts.second());
        assertThat(together).containsExactlyInAnyOrderElementsOf(rows(numbers));
    }

    @Property(tries = 100)
    void theShareCountsGroups(@ForAll @IntRange(max = 10) int tenths, @ForAll long seed) {
        List<Integer> twiceTen = IntStream.range(0, 20).mapToObj(i -> i % 10).toList();
        assertThat(split(twiceTen, tenths / 10.0, seed).first()).hasSize(2 * tenths);
    }

    @Property(tries = 50)
    void oneSeedGivesOneSplit(@ForAll List<@IntRange(max = 20) Integer> numbers, @ForAll long seed) {
        assertThat(split(numbers, 0.5, seed)).isEqualTo(split(numbers, 0.5, seed));
    }

    @Test
    void rowsKeepTheirOrder() {
        assertThat(split(List.of(3, 1, 2, 3, 1), 0.5, 1).second()).isSortedAccordingTo((a, b) -> a.i() - b.i());
    }

    @Test
    void aShareAboveOneIsRefused() {
        assertThatThrownBy(() -> new Split(1.5, 0))
                .isInstanceOf(BadInput.class)
                .hasMessage("split.share is 1.5 but must be between 0 and 1; change it");
    }
}
