package org.selgen.lake;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A folder of Parquet files, read in this process: no session, no job. */
record ParquetFolder(Storage folder) {
    long bytes() throws IOException {
        Path path = new Path(folder.uri());
        return path.getFileSystem(folder.hadoop()).getContentSummary(path).getLength();
    }

    /** Hands over every row, in the order of the files' names; a column that a file lacks is null. */
    void forEach(StructType schema, Consumer<Row> action) throws IOException {
        KernelRows rows = new KernelRows(schema);
        var columns = DataTypeJsonSerDe.deserializeStructType(schema.json());
        var parquet = DefaultEngine.create(folder.hadoop()).getParquetHandler();
        for (String name : folder.names()) {
            if (!name.endsWith(".parquet")) {
                continue; // Spark's marks and check sums
            }
            FileStatus file = FileStatus.of(folder.at(name).uri(), 0, 0);
            try (CloseableIterator<ColumnarBatch> batches =
                    parquet.readParquetFiles(Utils.singletonCloseableIterator(file), columns, Optional.empty())) {
                while (batches.hasNext()) {
                    rows.each(batches.next().getRows(), action);
                }
            }
        }
    }
}
