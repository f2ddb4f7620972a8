package org.selgen.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatexTest {
    @Test
    void whatLatexWouldObeyIsWrittenAsText() {
        assertThat(Latex.escaped("a_b & 5 % of $x$ {#1} ~ ^ \\input{/etc}\n<é>"))
                .isEqualTo("a\\_b \\& 5 \\% of \\$x\\$ \\{\\#1\\} \\textasciitilde{} \\textasciicircum{}"
                        + " \\textbackslash{}input\\{/etc\\} \\textless{}é\\textgreater{}");
    }

    @Test
    void aTableHasRulesAndNotesAsComments() {
        assertThat(Latex.of(List.of("a", "b"), List.of(List.of("x", "0.5 ± 0.1")), 1, List.of("† a\nnote")))
                .isEqualTo("""
                % needs \\usepackage{booktabs}
                % † a note
                \\begin{tabular}{lr}
                \\toprule
                a & b \\\\
                \\midrule
                x & 0.5 $\\pm$ 0.1 \\\\
                \\bottomrule
                \\end{tabular}
                """);
    }

    @Test
    void aRowWithoutACellForEachColumnIsRefused() {
        assertThatThrownBy(() -> new ResultTable("t", List.of("a", "b"), List.of(ResultTable.row(1))))
                .hasMessage("a row of table t has 1 cells but there are 2 columns; give one for each");
    }

    @Test
    void aValueThatIsNoneIsAnEmptyCellAndNull() {
        ResultTable table = new ResultTable("t", List.of("a", "b"), List.of(ResultTable.row("x,\"y\"", null)));
        assertThat(table.csv()).isEqualTo("a,b\r\n\"x,\"\"y\"\"\",\r\n");
        assertThat(table.json()).isEqualTo("[\n{\"a\":\"x,\\\"y\\\"\",\"b\":null}\n]\n");
    }
}
