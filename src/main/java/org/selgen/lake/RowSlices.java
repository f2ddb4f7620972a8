package org.selgen.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows of this process as tasks take them: slices in order, one a partition, none much larger than {@link #BYTES}. A task is
 * sent to its executor as one message, which Spark refuses above {@code spark.rpc.message.maxSize} (128 MiB).
 */
public final class RowSlices {
    private static final long BYTES = 16 << 20;

    private RowSlices() {}

    /**
     * The rows, in order.
     *
     * @param bytes about as many as a row has when it is sent
     */
    public static <T> JavaRDD<T> of(JavaSparkContext spark, List<T> rows, ToLongFunction<T> bytes) {
        List<List<T>> slices = slices(rows, bytes);
        return spark.parallelize(slices, Math.max(1, slices.size())).flatMap(List::iterator);
    }

    static <T> List<List<T>> slices(List<T> rows, ToLongFunction<T> bytes) {
        List<List<T>> slices = new ArrayList<>();
        long full = BYTES;
        for (T row : rows) {
            if (full >= BYTES) {
                slices.add(new ArrayList<>());
                full = 0;
            }
            slices.get(slices.size() - 1).add(row);
            full += bytes.applyAsLong(row);
        }
        return slices;
    }
}
