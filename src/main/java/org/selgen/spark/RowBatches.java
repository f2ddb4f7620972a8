package org.selgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Rows that are processed in batches, each when its first row is read. */
final class RowBatches implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int size;
    private final UnaryOperator<List<Row>> work;
    private Iterator<Row> done = Collections.emptyIterator();

    RowBatches(Iterator<Row> rows, int size, UnaryOperator<List<Row>> work) {
        this.rows = rows;
        this.size = size;
        this.work = work;
    }

    @Override
    public boolean hasNext() {
        return done.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (!done.hasNext()) {
            List<Row> some = new ArrayList<>();
            while (some.size() < size && rows.hasNext()) {
                some.add(rows.next());
            }
            done = work.apply(some).iterator();
        }
        return done.next();
    }

    /** A row with more columns. */
    static Row withColumns(Row row, @Nullable Object... more) {
        @Nullable Object[] values = Arrays.copyOf(columns(row), row.length() + more.length);
        System.arraycopy(more, 0, values, row.length(), more.length);
        return RowFactory.create(values);
    }

    private static @Nullable Object[] columns(Row row) {
        @Nullable Object[] values = new Object[row.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return values;
    }
}
