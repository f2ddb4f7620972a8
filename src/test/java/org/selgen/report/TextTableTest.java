package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated // times two things
class TextTableTest {
    private static double seconds(int rows) {
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            cells.add(List.of("row " + i, String.valueOf(i), "some words"));
        }
        TextTable table = new TextTable(List.of("name", "n", "text"), cells);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long begun = System.nanoTime();
            assertThat(table.lines()).hasSize(rows + 2);
            least = Math.min(least, (System.nanoTime() - begun) / 1e9);
        }
        return least;
    }

    @Test
    void eightTimesTheRowsTakeFarLessThanSixtyFourTimesTheTime() {
        seconds(5_000);
        assertThat(seconds(40_000) / seconds(5_000)).isLessThan(24);
    }

    @Test
    void aLongCellIsCutUnlessItTellsRowsApart() {
        List<List<String>> rows = List.of(List.of("m".repeat(70) + " seed 0"), List.of("m".repeat(70) + " seed 1"));
        assertThat(new TextTable(List.of("what"), rows).lines().get(2))
                .hasSize(60)
                .endsWith("m…");
        assertThat(TextTable.uncut(List.of("what"), rows).lines().subList(2, 4))
                .isEqualTo(rows.stream().map(row -> row.get(0)).toList());
    }
}
