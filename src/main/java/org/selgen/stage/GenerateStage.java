package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selgen.cluster.CompletedTask;
import org.selgen.cluster.TaskGroup;
import org.selgen.cluster.TaskLog;
import org.selgen.cluster.TaskPriority;
import org.selgen.cluster.TaskResult;
import org.selgen.cluster.TaskScheduler;
import org.selgen.data.Failure;
import org.selgen.data.Generation;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Stage;
import org.selgen.data.Status;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Table;
import org.selgen.lm.Decoding;
import org.selgen.plan.TaskEstimator;

/**
 * Has finished runs answer the questions of which they have not all rows yet: one task a run, scheduled as soon as the run is
 * there.
 */
final class GenerateStage<T extends Record> {
    private final ExperimentContext context;
    private final AnswerKind<T> kind;
    private final String model;
    private final Map<String, String> externals; // models in its place, by run
    private final Set<List<String>> there = new HashSet<>(); // run, dataset, question
    private final TaskLog log;
    private final List<String> failures = new ArrayList<>();
    private final TaskGroup<GenerationRequest, RunRows<T>> stage;

    /** What an executor does. */
    interface AnswerTask<T> extends Serializable {
        List<T> answer(GenerationRequest request) throws IOException;
    }

    /**
     * What runs answer, and where the rows go.
     *
     * @param table has the columns run, dataset, question and decoding
     * @param decoding how answers are made, as in the table
     * @param samples rows of one question
     * @param longest tokens of a row at most
     */
    record AnswerKind<T extends Record>(
            Stage stage,
            Table<T> table,
            String decoding,
            int samples,
            int longest,
            List<Question> questions,
            AnswerTask<T> work) {}

    private record RunRows<T>(Run run, List<T> rows) implements Serializable {}

    /** The questions of the experiment, answered freely. */
    static AnswerKind<Generation> answers(ExperimentContext context, Engine engine) throws IOException {
        Decoding decoding = context.experiment().decoding();
        return new AnswerKind<>(
                Stage.GENERATE,
                context.lake().generations(),
                decoding.key(),
                decoding.samples(),
                decoding.maxTokens(),
                List.copyOf(context.questions().values()),
                request -> engine.generate(request, new GenerateProgress(request)));
    }

    /**
     * Begins nothing yet.
     *
     * @param coming how many runs, besides those that have finished, may come
     */
    GenerateStage(ExperimentContext context, AnswerKind<T> kind, TaskScheduler scheduler, TaskLog log, int coming)
            throws IOException {
        this.context = context;
        this.kind = kind;
        this.model = context.sharedModel();
        this.externals = context.external().shared(context.matrix(), context.lake());
        this.log = log;
        kind.table()
                .rows()
                .where(col("decoding").equalTo(kind.decoding()))
                .groupBy("run", "dataset", "question")
                .count()
                .where(col("count").geq(kind.samples()))
                .collectAsList()
                .forEach(row -> there.add(List.of(row.getString(0), row.getString(1), row.getString(2))));
        AnswerTask<T> work = kind.work();
        this.stage = scheduler.group(
                kind.stage().column(),
                coming,
                request -> new RunRows<>(request.run(), work.answer(request)),
                new Ends());
    }

    /** Questions of which the run has not all rows. */
    List<Question> missing(String run) {
        return kind.questions().stream()
                .filter(q -> !there.contains(List.of(run, q.dataset(), q.id())))
                .toList();
    }

    /** Seconds in which the run answers what is missing. */
    double seconds(Run run, TaskEstimator estimator) {
        long rows = (long) missing(run.id()).size() * kind.samples();
        return estimator.generating(
                new TaskEstimator.Answers(kind.stage(), kind.decoding(), kind.longest()), run.modelHash(), rows);
    }

    /** Says how long these runs will take to answer, which may be scheduled later. */
    void expect(List<Run> runs, TaskEstimator estimator) {
        runs.stream()
                .filter(run -> !missing(run.id()).isEmpty())
                .forEach(run -> stage.progress().expect(RunSpec.title(run), seconds(run, estimator)));
    }

    /** Schedules those of the runs that can answer; the others' tasks will never be. */
    void add(List<Run> runs, TaskEstimator estimator) {
        for (Run run : runs) {
            List<Question> questions = run.status() == Status.FINISHED ? missing(run.id()) : List.of();
            if (questions.isEmpty()) {
                without(run);
            } else {
                String adapter = run.adapter().isEmpty()
                        ? ""
                        : context.lake().adapter(run).uri();
                GenerationRequest request = new GenerationRequest(
                        context.experiment(), run, externals.getOrDefault(run.id(), model), adapter, questions);
                stage.add(request.title(), request, new TaskPriority(TaskPriority.GENERATE, seconds(run, estimator)));
            }
        }
    }

    /** The run need not answer. */
    void without(Run run) {
        stage.progress().without(RunSpec.title(run));
    }

    /** Runs that could not answer, each with its reason, as far as it is known now. */
    List<String> failures() {
        return failures;
    }

    /** Rows are kept as they come; of a run that cannot answer there are none, and the next time it is asked again. */
    private final class Ends implements TaskScheduler.TaskEnds<GenerationRequest, RunRows<T>> {
        @Override
        public void keep(List<CompletedTask<RunRows<T>>> some) {
            List<T> rows = new ArrayList<>();
            some.forEach(done -> rows.addAll(done.value().rows()));
            kind.table().put(rows);
            for (CompletedTask<RunRows<T>> done : some) {
                Run run = done.value().run();
                log.add(done.row(kind.stage(), run.id(), done.value().rows().size(), kind.decoding()));
                stage.progress().done(RunSpec.title(run));
            }
        }

        @Override
        public void failed(GenerationRequest request, TaskResult<RunRows<T>> result, Throwable why) {
            failures.add(kind.stage().column() + ": " + request.title() + " failed: " + Failure.reason(why));
            stage.progress().leaves(request.title());
        }
    }
}
