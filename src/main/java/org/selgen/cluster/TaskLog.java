package org.selgen.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.selgen.data.TaskTime;
import org.selgen.lake.Table;

/** Takes down what tasks took, and puts it into the table tasks: at most once a minute, and when it is closed. */
public final class TaskLog implements AutoCloseable {
    private static final long NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Table<TaskTime> table;
    private final List<TaskTime> rows = new ArrayList<>();
    private final Set<List<Object>> keys = new HashSet<>();
    private long put = System.nanoTime();

    public TaskLog(Table<TaskTime> table) {
        this.table = table;
    }

    /** Of two tasks of a run that began in the same millisecond the second is noted one later. */
    public void add(TaskTime row) {
        TaskTime noted = row;
        while (!keys.add(List.of(noted.stage(), noted.run(), noted.begun()))) {
            noted = noted.at(noted.begun() + 1);
        }
        rows.add(noted);
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
