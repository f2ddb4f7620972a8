package org.selgen.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.BadInput;

/**
 * A stage of a Spark ML pipeline that reads a column of each row and adds others. A row that cannot be processed keeps
 * its columns, has null in the new ones, and has the reason in the error column; other rows are not affected. A problem
 * of the stage itself, such as a model that cannot be opened, fails the job.
 *
 * <p>Setters are named as in DJL's Spark extension. A stage can be saved and loaded, alone or in a pipeline.
 */
abstract class ChatStage<S extends ChatStage<S>> extends Transformer implements DefaultParamsWritable {
    private final String uid;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final Param<String> errorCol;

    ChatStage(String uid) {
        this.uid = uid; // first: a parameter holds its owner's id
        this.inputCol = text("inputCol", "column to read");
        this.outputCol = text("outputCol", "column to add");
        this.errorCol = text("errorCol", "column that says why a row has no output; null where it has");
        setDefault(errorCol, "error");
    }

    static String newUid(String prefix) {
        return Identifiable$.MODULE$.randomUID(prefix);
    }

    /** A parameter that holds text. */
    final Param<String> text(String name, String doc) {
        return new Param<>(uid, name, doc);
    }

    abstract S self();

    /** The work of a task, for rows with these columns. */
    abstract PartitionTask work(StructType columns);

    /** The added columns, without the error column. */
    abstract List<StructField> addedColumns();

    /**
     * Checks the columns that are read.
     *
     * @throws BadInput if a column that is read is missing or of another type
     */
    abstract void check(StructType columns);

    /** The work of a task. */
    interface PartitionTask extends Serializable {
        /** The rows with their new columns, the error last. */
        Iterator<Row> rows(Iterator<Row> rows);
    }

    @Override
    public final String uid() {
        return uid;
    }

    public Param<String> inputCol() {
        return inputCol;
    }

    public Param<String> outputCol() {
        return outputCol;
    }

    public Param<String> errorCol() {
        return errorCol;
    }

    public S setInputCol(String column) {
        set(inputCol, column);
        return self();
    }

    public S setOutputCol(String column) {
        set(outputCol, column);
        return self();
    }

    public S setErrorCol(String column) {
        set(errorCol, column);
        return self();
    }

    @Override
    public Dataset<Row> transform(Dataset<?> rows) {
        MapPartitionsFunction<Row, Row> task = work(rows.schema())::rows;
        return rows.toDF().mapPartitions(task, Encoders.row(transformSchema(rows.schema())));
    }

    @Override
    public StructType transformSchema(StructType columns) {
        check(columns);
        StructType all = columns;
        for (StructField field : addedColumns()) {
            all = with(all, field);
        }
        return with(all, DataTypes.createStructField(value(errorCol), DataTypes.StringType, true));
    }

    private StructType with(StructType columns, StructField field) {
        if (Arrays.asList(columns.fieldNames()).contains(field.name())) {
            throw new BadInput(name() + " is to add the column '" + field.name()
                    + "' but the rows have one of that name; choose another, or drop it");
        }
        return columns.add(field);
    }

    @Override
    @SuppressWarnings("unchecked") // a copy is of the same class
    public S copy(ParamMap extra) {
        return (S) defaultCopy(extra);
    }

    final StructField output(Param<String> column, DataType type) {
        return DataTypes.createStructField(value(column), type, true);
    }

    /**
     * A parameter's value.
     *
     * @throws BadInput if it has none, naming the setter
     */
    final <T> T value(Param<T> param) {
        if (!isDefined(param)) {
            String setter =
                    Character.toUpperCase(param.name().charAt(0)) + param.name().substring(1);
            throw new BadInput(name() + "." + param.name() + " is not set but is needed; call set" + setter);
        }
        return getOrDefault(param);
    }

    final int index(StructType columns, Param<String> column) {
        String name = value(column);
        List<String> names = Arrays.asList(columns.fieldNames());
        if (!names.contains(name)) {
            throw new BadInput(name() + "." + column.name() + " is '" + name + "' but the rows have only " + names
                    + "; change it");
        }
        return names.indexOf(name);
    }

    /**
     * Checks the type of a column.
     *
     * @throws BadInput if the column is missing or of another type
     */
    final void check(StructType columns, Param<String> column, DataType type) {
        StructField field = columns.fields()[index(columns, column)];
        if (!field.dataType().equals(type)) {
            throw new BadInput(name() + "." + column.name() + ": column '" + field.name() + "' is "
                    + field.dataType().catalogString() + " but must be " + type.catalogString() + "; cast it");
        }
    }

    final String name() {
        return getClass().getSimpleName();
    }
}
