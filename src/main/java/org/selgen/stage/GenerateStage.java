package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.selgen.cluster.TaskLog;
import org.selgen.cluster.TaskPriority;
import org.selgen.cluster.TaskScheduler;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Table;
import org.selgen.plan.TaskEstimator;
import org.selgen.stage.Engine.GenerationRequest;

/**
 * A stage that asks finished runs the questions of which they have not all rows yet: one task a run, in the line as soon as
 * the run is there.
 */
public final class GenerateStage<T extends Record> {
    private final ExperimentContext bench;
    private final Kind<T> kind;
    private final String model;
    private final Set<List<String>> there = new HashSet<>(); // run, dataset, question
    private final TaskLog times;
    private final TaskScheduler.Stage<GenerationRequest, Rows<T>> stage;

    /** What an executor does. */
    public interface Work<T> extends Serializable {
        List<T> ask(GenerationRequest asking) throws IOException;
    }

    /**
     * What is asked, and where the rows go.
     *
     * @param stage its name
     * @param table has the columns run, dataset, question and decoding
     * @param decoding how it is asked, as in the table
     * @param samples rows of one question
     * @param longest tokens of a row at most
     */
    public record Kind<T extends Record>(
            String stage,
            Table<T> table,
            String decoding,
            int samples,
            int longest,
            List<Question> questions,
            Work<T> work) {}

    private record Rows<T>(Run run, List<T> rows) implements Serializable {}

    /**
     * Begins nothing yet.
     *
     * @param coming how many runs, besides those that have finished, may come to be asked
     */
    GenerateStage(ExperimentContext bench, Kind<T> kind, TaskScheduler tasks, TaskLog times, int coming)
            throws IOException {
        this.bench = bench;
        this.kind = kind;
        this.model = bench.sharedModel();
        this.times = times;
        kind.table()
                .rows()
                .where(col("decoding").equalTo(kind.decoding()))
                .groupBy("run", "dataset", "question")
                .count()
                .where(col("count").geq(kind.samples()))
                .collectAsList()
                .forEach(row -> there.add(List.of(row.getString(0), row.getString(1), row.getString(2))));
        Work<T> work = kind.work();
        this.stage =
                tasks.stage(kind.stage(), coming, asking -> new Rows<>(asking.run(), work.ask(asking)), this::keep);
    }

    /** Questions of which the run has not all rows. */
    List<Question> missing(String run) {
        return kind.questions().stream()
                .filter(q -> !there.contains(List.of(run, q.dataset(), q.id())))
                .toList();
    }

    /** Seconds of asking the run what is missing. */
    double seconds(Run run, TaskEstimator expected) {
        long rows = (long) missing(run.id()).size() * kind.samples();
        return expected.asking(
                new TaskEstimator.Asked(kind.stage(), kind.decoding(), kind.longest()), run.modelHash(), rows);
    }

    /** Asks those of the runs that can answer; the others' tasks will never be. */
    void ask(List<Run> runs, TaskEstimator expected) {
        for (Run run : runs) {
            List<Question> questions = run.status().equals(Run.FINISHED) ? missing(run.id()) : List.of();
            if (questions.isEmpty()) {
                none(1);
            } else {
                GenerationRequest asking =
                        new GenerationRequest(bench.yaml(), run, model, bench.adapter(run), questions);
                stage.add(asking.title(), asking, new TaskPriority(TaskPriority.ASK, seconds(run, expected)));
            }
        }
    }

    /** So many runs need not be asked. */
    void none(int runs) {
        stage.shown().without(runs);
    }

    private void keep(List<TaskScheduler.Done<Rows<T>>> some) {
        List<T> rows = new ArrayList<>();
        some.forEach(done -> rows.addAll(done.value().rows()));
        kind.table().put(rows);
        for (TaskScheduler.Done<Rows<T>> done : some) {
            Run run = done.value().run();
            times.add(done.time(kind.stage(), run.id(), done.value().rows().size(), kind.decoding()));
            stage.shown().done(RunSpec.title(run));
        }
    }
}
