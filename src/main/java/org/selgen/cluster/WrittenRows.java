package org.selgen.cluster;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.selgen.lake.Parts;
import org.selgen.lake.Records;

/**
 * Tasks whose rows are written where they are made; the driver hears how many there are.
 *
 * @param work gives a task's rows
 * @param name of the part of an item
 * @param parts where they are written
 */
public record WrittenRows<I, T extends Record>(TaskWork<I, List<T>> work, Function<I, String> name, Parts<T> parts)
        implements TaskExecution<I, WrittenRows.Part> {

    /**
     * What a task has written.
     *
     * @param name of the part
     * @param rows how many it holds
     */
    public record Part(String name, long rows) {}

    @Override
    public TaskResult<Part> run(JavaRDD<I> task, I item) {
        CollectionAccumulator<TaskResult<Integer>> ended =
                task.context().collectionAccumulator(); // counts each task once, however often Spark began it
        String part = name.apply(item);
        parts.write(part, rows(task, work, ended));
        return ended.value().get(0).map(rows -> new Part(part, rows));
    }

    private static <I, T extends Record> JavaRDD<Row> rows(
            JavaRDD<I> task, TaskWork<I, List<T>> work, CollectionAccumulator<TaskResult<Integer>> ended) {
        return task.flatMap(item -> {
            TaskResult<List<T>> made = Gpus.onHeldGpu(() -> work.apply(item));
            ended.add(made.map(List::size));
            return made.failure() == null ? rows(made.get()) : List.<Row>of().iterator();
        });
    }

    private static <T extends Record> Iterator<Row> rows(List<T> made) {
        return made.stream().map(Records::toRow).iterator();
    }
}
