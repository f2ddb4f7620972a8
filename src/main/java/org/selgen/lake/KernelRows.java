package org.selgen.lake;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * Rows of Delta Kernel as rows of Spark, for the types that {@link Records} knows.
 *
 * @param schema the columns that the rows get; one that the kernel's rows lack is null
 */
record KernelRows(StructType schema) {
    /** Hands them over one by one, and closes where they come from. */
    void each(CloseableIterator<Row> rows, Consumer<org.apache.spark.sql.Row> action) throws IOException {
        try (rows) {
            while (rows.hasNext()) {
                action.accept(of(rows.next(), schema));
            }
        }
    }

    private static org.apache.spark.sql.Row of(Row row, StructType schema) {
        @Nullable Object[] values = new Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            int at = row.getSchema().indexOf(schema.fields()[i].name());
            values[i] = at < 0 || row.isNullAt(at) ? null : value(row, at, schema.fields()[i].dataType());
        }
        return new GenericRowWithSchema(values, schema);
    }

    private static Object value(Row row, int at, DataType type) {
        if (type instanceof StructType struct) {
            return of(row.getStruct(at), struct);
        }
        if (type instanceof ArrayType array) {
            return list(VectorUtils.toJavaList(row.getArray(at)), array.elementType());
        }
        if (type.equals(DataTypes.StringType)) {
            return row.getString(at);
        }
        if (type.equals(DataTypes.IntegerType)) {
            return row.getInt(at);
        }
        if (type.equals(DataTypes.LongType)) {
            return row.getLong(at);
        }
        if (type.equals(DataTypes.FloatType)) {
            return row.getFloat(at);
        }
        if (type.equals(DataTypes.DoubleType)) {
            return row.getDouble(at);
        }
        if (type.equals(DataTypes.BooleanType)) {
            return row.getBoolean(at);
        }
        throw new IllegalArgumentException("a column of type " + type + " has no component");
    }

    private static scala.collection.Seq<Object> list(List<?> items, DataType type) {
        List<Object> values = items.stream().map(item -> item(item, type)).collect(Collectors.toList());
        return JavaConverters.asScalaBuffer(values).toSeq();
    }

    private static Object item(Object item, DataType type) {
        if (type instanceof StructType struct) {
            return of((Row) item, struct);
        }
        if (type instanceof ArrayType array) {
            return list((List<?>) item, array.elementType());
        }
        return item;
    }
}
