package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;
import org.selgen.data.Leak;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.ReadOnlySql;
import picocli.CommandLine;

/** Whatever is given to 'query', not a byte of the lake changes. */
class ReadOnlyQueryTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM delta.`LAKE/delta/leaks`",
                "UPDATE delta.`LAKE/delta/leaks` SET similarity = 0",
                "MERGE INTO delta.`LAKE/delta/leaks` t USING leaks s ON t.leftId = s.leftId WHEN MATCHED THEN DELETE",
                "INSERT INTO delta.`LAKE/delta/leaks` SELECT * FROM leaks",
                "WITH a AS (SELECT * FROM leaks) INSERT INTO delta.`LAKE/delta/leaks` SELECT * FROM a",
                "FROM leaks INSERT INTO delta.`LAKE/delta/leaks` SELECT *",
                "INSERT OVERWRITE DIRECTORY 'LAKE/new' USING parquet SELECT 1 AS a",
                "INSERT OVERWRITE LOCAL DIRECTORY 'LAKE/new' STORED AS TEXTFILE SELECT 'a'",
                "CREATE TABLE made USING parquet LOCATION 'LAKE/new' AS SELECT 1 AS a",
                "CREATE OR REPLACE TABLE delta.`LAKE/new` AS SELECT 1 AS a",
                "DROP TABLE IF EXISTS delta.`LAKE/delta/leaks`",
                "TRUNCATE TABLE delta.`LAKE/delta/leaks`",
                "ALTER TABLE delta.`LAKE/delta/leaks` ADD COLUMN a INT",
                "OPTIMIZE delta.`LAKE/delta/leaks`",
                "VACUUM delta.`LAKE/delta/leaks`",
                "RESTORE TABLE delta.`LAKE/delta/leaks` TO VERSION AS OF 0",
                "GENERATE symlink_format_manifest FOR TABLE delta.`LAKE/delta/leaks`",
                "SELECT TRANSFORM(left) USING 'touch LAKE/new' AS (a) FROM leaks",
                "SELECT * FROM (SELECT TRANSFORM(left) USING 'touch LAKE/new' AS (a) FROM leaks)",
                "SELECT (SELECT max(reflect('java.lang.System', 'setProperty', 'a', 'b')))",
                "SELECT java_method('java.lang.System', 'setProperty', 'a', 'b')",
                "SET spark.sql.shuffle.partitions=1",
                "ADD JAR 'LAKE/x.jar'",
                "CACHE TABLE leaks",
                "USE other",
                "DROP VIEW leaks",
                "CREATE TEMPORARY VIEW v AS SELECT 1",
                "CREATE FUNCTION f AS 'org.selgen.Main'",
                "ANALYZE TABLE leaks COMPUTE STATISTICS",
                "REFRESH TABLE leaks",
            })
    void whatWritesOrDoesMoreIsRefused(String sql) {
        assertThatThrownBy(() -> ReadOnlySql.check(LocalSpark.session(), sql))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching("'query' only reads, and this is .*|this SQL cannot be read: .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUES (1), (2)",
                "TABLE leaks",
                "FROM leaks SELECT left",
                "WITH a AS (SELECT similarity FROM leaks) SELECT max(similarity) FROM a",
                "SELECT left, rank() OVER w FROM leaks WINDOW w AS (PARTITION BY left ORDER BY similarity)",
                "SELECT left, count(*) FROM leaks GROUP BY ALL HAVING count(*) > 1 ORDER BY 1 LIMIT 3 OFFSET 0",
                "SELECT * FROM leaks PIVOT (count(*) FOR kind IN ('near'))",
                "SELECT * FROM leaks UNPIVOT (v FOR k IN (left, right))",
                "SELECT id, a FROM range(3) LATERAL VIEW explode(array(1, 2)) AS a",
                "SELECT /*+ BROADCAST(b) */ * FROM leaks a JOIN leaks b USING (leftId), LATERAL (SELECT a.left)",
                "SELECT left FROM leaks UNION SELECT right FROM leaks EXCEPT SELECT 'c' INTERSECT SELECT 'd'",
                "SELECT * FROM leaks TABLESAMPLE (50 PERCENT) WHERE EXISTS (SELECT 1) AND left IN (SELECT left FROM leaks)",
                "SELECT * FROM delta.`LAKE/delta/leaks` VERSION AS OF 0 DISTRIBUTE BY left",
                "SELECT version FROM (SELECT 1 AS version) CLUSTER BY version",
                "SHOW TABLES",
                "SHOW COLUMNS IN leaks",
                "SHOW FUNCTIONS LIKE 'abs'",
                "DESCRIBE leaks",
                "DESCRIBE EXTENDED leaks",
                "DESCRIBE QUERY SELECT 1",
                "DESCRIBE FUNCTION abs",
                "DESCRIBE HISTORY delta.`LAKE/delta/leaks`",
                "DESCRIBE DETAIL delta.`LAKE/delta/leaks`",
                "EXPLAIN SELECT * FROM leaks",
                "EXPLAIN DELETE FROM delta.`LAKE/delta/leaks`",
            })
    void whatOnlyReadsIsNot(String sql) {
        assertThatCode(() -> ReadOnlySql.check(LocalSpark.session(), sql)).doesNotThrowAnyException();
    }

    @Test
    void aRefusedStatementIsOneLineAndTheLakeStaysAsItIs(@TempDir Path folder) throws IOException {
        Lake.create(LocalSpark.session(), folder).leaks().put(List.of(new Leak("a", "x", "b", "2", "near", 0.75)));
        Map<String, Long> before = files(folder);
        assertThat(execute(folder, "DELETE FROM delta.`" + folder + "/delta/leaks`"))
                .isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("'query' only reads, and this is delete from table");
        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void wordsThatAreNoSqlAreToldWhy() {
        assertThatThrownBy(() -> ReadOnlySql.check(LocalSpark.session(), "SELEC 1"))
                .hasMessageStartingWith("this SQL cannot be read: Syntax error at or near 'SELEC'");
    }

    /** Every file of the lake, with when it was written last. */
    private static Map<String, Long> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.collect(Collectors.toMap(
                    Path::toString, f -> f.toFile().lastModified() + f.toFile().length()));
        }
    }

    private int execute(Path folder, String sql) {
        CommandLine command = Main.command();
        command.setErr(new PrintWriter(err, true));
        return command.execute("query", sql, "--lake", folder.toString());
    }
}
