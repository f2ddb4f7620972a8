package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.selgen.cluster.CompletedTask;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.TaskEnds;
import org.selgen.cluster.TaskGroup;
import org.selgen.cluster.TaskLog;
import org.selgen.cluster.TaskPriority;
import org.selgen.cluster.TaskScheduler;
import org.selgen.cluster.TaskWork;
import org.selgen.cluster.WrittenRows;
import org.selgen.data.Failure;
import org.selgen.data.Generation;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Stage;
import org.selgen.data.Status;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Parts;
import org.selgen.lake.Table;
import org.selgen.lm.Decoding;
import org.selgen.plan.TaskEstimator;

/**
 * Has finished runs answer what they have not answered yet, in tasks of minutes ({@link Shard}) that begin as soon as the run is
 * there. Executors have the questions once and write the rows; the driver keeps them by shard.
 */
final class GenerateStage<T extends Record> {
    private final ExperimentContext context;
    private final AnswerKind<T> kind;
    private final String model;
    private final Map<String, String> externals; // models in its place, by run
    private final GivenAnswers given;
    private final TaskLog log;
    private final Map<String, String> failures = new LinkedHashMap<>(); // by run
    private final Map<String, Integer> open = new HashMap<>(); // shards by run
    private final Parts<T> parts;
    private final TaskGroup<Shard, WrittenRows.Part> stage;

    /** What an executor does. */
    interface AnswerTask<T> extends Serializable {
        List<T> answer(GenerationRequest request) throws IOException;
    }

    /**
     * What runs answer, and where the rows go.
     *
     * @param table has the columns run, dataset, question and decoding, and sample where a question has several rows
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
        this.parts = Parts.of(context.lake(), kind.table());
        Set<String> runs =
                context.matrix().runs().stream().map(spec -> spec.run().id()).collect(Collectors.toSet());
        parts.recover(runs);
        this.given = new GivenAnswers(
                kind.table().rows().where(col("decoding").equalTo(kind.decoding())),
                runs,
                kind.questions(),
                kind.samples());
        this.stage = scheduler.group(
                kind.stage().column(),
                coming,
                new WrittenRows<>(work(context.spark(), context.experiment(), kind), Shard::part, parts),
                new Ends());
    }

    private static <T extends Record> TaskWork<Shard, List<T>> work(
            JavaSparkContext spark, Experiment experiment, AnswerKind<T> kind) {
        Broadcast<List<Question>> questions = spark.broadcast(kind.questions());
        AnswerTask<T> task = kind.work();
        int samples = kind.samples();
        return shard -> RunLog.of(
                shard.run().id(),
                "answers of " + shard.title(),
                () -> task.answer(shard.request(experiment, questions.value(), samples)));
    }

    /** Rows that the run has not: each the place of its question times the samples, plus the sample. */
    int[] missing(String run) {
        return given.missing(run);
    }

    /** Seconds in which the run answers what is missing. */
    double seconds(Run run, TaskEstimator estimator) {
        long rows = missing(run.id()).length;
        return estimator.generating(
                new TaskEstimator.Answers(kind.stage(), kind.decoding(), kind.longest()), run.modelHash(), rows);
    }

    /** Says how long these runs will take to answer, which may be scheduled later. */
    void expect(List<Run> runs, TaskEstimator estimator) {
        runs.stream()
                .filter(run -> missing(run.id()).length > 0)
                .forEach(run -> stage.progress().expect(RunSpec.title(run), seconds(run, estimator)));
    }

    /** Schedules those of the runs that can answer; the others' tasks will never be. */
    void add(List<Run> runs, TaskEstimator estimator) {
        for (Run run : runs) {
            int[] rows = run.status() == Status.FINISHED ? missing(run.id()) : new int[0];
            if (rows.length == 0) {
                without(run);
            } else {
                add(run, rows, seconds(run, estimator));
            }
        }
    }

    private void add(Run run, int[] rows, double seconds) {
        String adapter =
                run.adapter().isEmpty() ? "" : context.lake().adapter(run).uri();
        String base = externals.getOrDefault(run.id(), model);
        List<Shard> shards = Shard.of(run, base, adapter, rows, seconds, Gpus.slots(context.spark()));
        open.put(run.id(), shards.size());
        if (shards.size() > 1) {
            stage.progress().leaves(RunSpec.title(run)); // its shards come instead
        }
        for (Shard shard : shards) {
            double each = seconds * shard.rows().length / rows.length;
            stage.add(shard.title(), shard, new TaskPriority(TaskPriority.GENERATE, each));
        }
    }

    /** The run need not answer. */
    void without(Run run) {
        stage.progress().without(RunSpec.title(run));
    }

    /** Of each run that could not answer all, why; as far as it is known now. */
    List<String> failures() {
        return List.copyOf(failures.values());
    }

    /** A shard of the run has ended; the run has with the last. */
    private void ended(Shard shard) {
        int left = open.merge(shard.run().id(), -1, Integer::sum);
        if (left == 0 && !failures.containsKey(shard.run().id())) {
            stage.progress().done(shard.title());
        } else {
            stage.progress().leaves(shard.title());
        }
    }

    /** Rows are kept as they come; of a shard that fails there are none, and the next time it is asked again. */
    private final class Ends implements TaskEnds<Shard, WrittenRows.Part> {
        @Override
        public void keep(List<CompletedTask<Shard, WrittenRows.Part>> some) throws IOException {
            parts.keep(some.stream().map(done -> done.value().name()).toList());
            for (CompletedTask<Shard, WrittenRows.Part> done : some) {
                log.add(done.row(
                        kind.stage(), done.item().run().id(), done.value().rows(), kind.decoding()));
                ended(done.item());
            }
        }

        @Override
        public void failed(CompletedTask<Shard, WrittenRows.Part> task, Throwable why) throws IOException {
            Shard shard = task.item();
            parts.delete(List.of(shard.part()));
            failures.putIfAbsent(
                    shard.run().id(), kind.stage().column() + ": " + shard.title() + " failed: " + Failure.reason(why));
            ended(shard);
        }

        @Override
        public Shard smaller(Shard shard) {
            return shard.smaller();
        }
    }
}
