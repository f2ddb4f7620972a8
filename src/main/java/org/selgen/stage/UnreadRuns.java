package org.selgen.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which runs have answers that some rubric has not read, where a lake has many verdicts: to look for each answer among all
 * verdicts takes a sort of both. Here both are counted by run and rubric, with an exclusive or over hashes of what they are
 * about, so that verdicts on other answers are not taken for those on these.
 */
final class UnreadRuns {
    private static final int FEW = 32;
    private static final String[] GROUP = {"run", "rubric", "answers", "hash"};

    private UnreadRuns() {}

    /**
     * Those of the answers that are by such runs.
     *
     * @param verdicts on these answers or others of the same runs
     */
    static Dataset<Row> of(Dataset<Row> answers, Dataset<Row> verdicts, Object[] rubrics) {
        Column each = explode(array(Arrays.stream(rubrics).map(functions::lit).toArray(Column[]::new)));
        Dataset<Row> given = counted(answers, col("run")).withColumn("rubric", each);
        Dataset<Row> read = counted(verdicts.where(col("rubric").isin(rubrics)), col("run"), col("rubric"));
        List<Row> unread =
                given.join(read, GROUP, "left_anti").select("run").distinct().collectAsList();
        if (unread.size() <= FEW) { // by their names, which lets Delta leave out files
            return answers.where(unread.stream()
                    .map(run -> col("run").equalTo(run.getString(0)))
                    .reduce(Column::or)
                    .orElse(lit(false)));
        }
        StructType run = new StructType().add("run", DataTypes.StringType);
        return answers.join(
                broadcast(answers.sparkSession().createDataFrame(unread, run)), run.fieldNames(), "left_semi");
    }

    private static Dataset<Row> counted(Dataset<Row> rows, Column... by) {
        return rows.withColumn("key", xxhash64(col("dataset"), col("question"), col("sample"), col("decoding")))
                .groupBy(by)
                .agg(count(lit(1)).as("answers"), expr("bit_xor(key)").as("hash"));
    }
}
