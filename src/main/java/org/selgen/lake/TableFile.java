package org.selgen.lake;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.BadInput;

/** A user's file of rows as a table: Parquet, or CSV or TSV with a header. Read by Spark, in the order of the file. */
public final class TableFile {
    private TableFile() {}

    /**
     * Each row as a JSON object; a column that is null is left out. Cells of CSV are texts.
     *
     * @param damaged name of a field that a row gets whose cells are not those of the header
     * @throws BadInput if the file is no such table
     */
    public static Iterator<String> rows(SparkSession spark, String path, String damaged) {
        if (path.matches(".*[*?\\[\\]{}\\\\].*")) {
            throw new BadInput(path + " has one of *?[]{}\\ in its name, which is a pattern to Spark; rename the file");
        }
        String uri = Path.of(path).toAbsolutePath().toUri().toString();
        String name = path.toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
        try {
            Dataset<Row> rows = name.endsWith("csv") || name.endsWith("tsv")
                    ? cells(spark, uri, name.endsWith("tsv") ? "\t" : ",", damaged)
                    : spark.read().parquet(uri);
            return rows.toJSON().as(Encoders.STRING()).toLocalIterator();
        } catch (Exception e) { // Spark's are checked ones that no method declares
            throw new BadInput(path + " cannot be read as a table; write it again, or give its rows as JSONL", e);
        }
    }

    private static Dataset<Row> cells(SparkSession spark, String uri, String separator, String damaged) {
        DataFrameReader reader = spark.read()
                .option("header", true)
                .option("sep", separator)
                .option("quote", "\"")
                .option("escape", "\"")
                .option("multiLine", true)
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", damaged);
        StructType columns = reader.csv(uri).schema();
        return reader.schema(columns.add(damaged, DataTypes.StringType, true)).csv(uri);
    }
}
