package org.selgen.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.selgen.data.TaskTime;
import org.selgen.lake.Table;

/** Takes down what tasks took, and puts it into the table tasks: at most once a minute, and when it is closed. */
public final class TaskLog implements AutoCloseable {
    private static final long NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Table<TaskTime> table;
    private final List<TaskTime> rows = new ArrayList<>();
    private long put = System.nanoTime();

    public TaskLog(Table<TaskTime> table) {
        this.table = table;
    }

    public void add(TaskTime row) {
        rows.add(row);
        if (System.nanoTime() - put > NANOS) {
            close();
        }
    }

    @Override
    public void close() {
        table.put(rows);
        rows.clear();
        put = System.nanoTime();
    }
}
