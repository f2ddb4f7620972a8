package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Leak;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import picocli.CommandLine;

class QueryJobTest {
    private static final String SQL = "SELECT leftId AS id, similarity FROM leaks ORDER BY similarity";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void putTwoRows() throws IOException {
        Lake lake = Lake.create(LocalSpark.session(), folder);
        lake.leaks()
                .put(List.of(
                        new Leak("a", "say \"one\", two", "b", "1", "near", 0.5),
                        new Leak("a", "x", "b", "2", "near", 0.75)));
    }

    @Test
    void aTableHasColumnsAsWideAsTheirCells() {
        assertThat(query(SQL)).isEqualToNormalizingNewlines("""
                id              similarity
                --------------------------
                say "one", two         0.5
                x                     0.75
                """);
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        assertThat(query(SQL, "--format", "csv")).isEqualToNormalizingNewlines("""
                id,similarity
                "say ""one"", two",0.5
                x,0.75
                """);
    }

    @Test
    void jsonIsAnObjectALine() {
        assertThat(query(SQL, "--format", "json")).isEqualToNormalizingNewlines("""
                {"id":"say \\"one\\", two","similarity":0.5}
                {"id":"x","similarity":0.75}
                """);
    }

    @Test
    void everyTableIsThereByItsName() {
        for (String table : List.of("examples", "questions", "runs", "steps", "generations", "judgements", "scores")) {
            assertThat(query("SELECT count(*) AS n FROM " + table, "--format", "csv"))
                    .as(table)
                    .isEqualToNormalizingNewlines("n\n0\n");
        }
    }

    @Test
    void numbersAreRoundedForPeopleAndExactForPrograms() {
        String sql = "SELECT 123456.789D AS a, 1D/3 AS b, 0.000001234567D AS c, 2D AS d, CAST('NaN' AS DOUBLE) AS e";
        assertThat(query(sql)).endsWith("123457  0.3333  0.000001235  2  NaN\n");
        assertThat(query(sql, "--format", "csv")).endsWith("123456.789,0.3333333333333333,1.234567E-6,2.0,NaN\n");
    }

    @Test
    void whatAnAnswerHoldsForTheTerminalDoesNotReachIt() {
        assertThat(query("SELECT concat('a', chr(27), '[2J', chr(155), chr(13), chr(10), 'b', char(7)) AS `x`"))
                .endsWith("a\\u001b[2J\\u009b\\r\\nb\\u0007\n");
    }

    private String query(String... words) {
        out.getBuffer().setLength(0);
        CommandLine command = new CommandLine(new QueryJob()).setCaseInsensitiveEnumValuesAllowed(true);
        command.setOut(new PrintWriter(out, true));
        String[] all = Stream.concat(Arrays.stream(words), Stream.of("--lake", folder.toString()))
                .toArray(String[]::new);
        assertThat(command.execute(all)).isZero();
        return out.toString();
    }
}
