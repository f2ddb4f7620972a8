package org.selgen.plan;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.cluster.TaskPriority;
import org.selgen.data.Run;
import org.selgen.data.TaskTime;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.plan.Makespan.Job;
import org.selgen.plan.TrainPlan.Planned;
import org.selgen.train.FlopCount;
import org.selgen.train.TokenLoad;

/**
 * What the tasks of an experiment will take here: trainings by {@link TrainingTimeEstimator}, and answers by the best ground there is:
 * <pre>
 *   seen     tasks of the stage that asked this model alike:   rows · Σ seconds / Σ rows
 *   guess    where there are none:                             operations / (share · rate of a large matrix product)
 * </pre>
 * A guess takes every answer for as long as it may be. What is not known is NaN.
 */
public final class TaskEstimator {
    /** Answering's share of a large matrix product, by {@code selgen bench}: hidden 256, 64 at a time, 2 cores. */
    static final double SHARE = 0.35;

    private final Experiment experiment;
    private final PlanInputs outlook;
    private final TrainPlan plan;
    private final List<Planned> runs;
    private final List<TaskTime> past;
    private final Map<String, String> models; // by run
    private final DoubleSupplier roof;

    /** @param roof see {@link TrainingTimeEstimator} */
    TaskEstimator(ExperimentContext bench, PlanInputs outlook, DoubleSupplier roof) {
        List<Run> rows = bench.lake().runs().read();
        this.experiment = bench.experiment();
        this.outlook = outlook;
        this.roof = roof;
        this.plan = new TrainPlan(experiment, outlook, rows, new TrainingTimeEstimator(rows, roof));
        this.runs = plan.runs();
        this.past = bench.lake().tasks().read();
        this.models = rows.stream().collect(Collectors.toMap(Run::id, Run::modelHash));
    }

    /** Of the rows as they are prepared. */
    public static TaskEstimator here(ExperimentContext bench) throws IOException {
        return new TaskEstimator(bench, PlanInputs.prepared(bench), TrainingTimeEstimator::here);
    }

    TrainPlan plan() {
        return plan;
    }

    /** What each run is trained for. */
    List<Planned> runs() {
        return runs;
    }

    /** Seconds of a training. */
    public double training(String training) {
        return runs.stream()
                .filter(run -> run.order().training().equals(training))
                .mapToDouble(TaskEstimator::seconds)
                .max()
                .orElse(Double.NaN);
    }

    private static double seconds(Planned run) {
        return run.time().map(TrainingTimeEstimator.Estimate::seconds).orElse(Double.NaN);
    }

    /**
     * What is asked.
     *
     * @param stage as in the table tasks
     * @param kind as there
     * @param longest tokens of a row at most
     */
    public record Asked(String stage, String kind, int longest) {}

    /** Seconds of asking a model for so many rows. */
    public double asking(Asked asked, String modelHash, long rows) {
        List<TaskTime> seen = past.stream()
                .filter(task ->
                        task.stage().equals(asked.stage()) && task.kind().equals(asked.kind()))
                .filter(task -> modelHash.equals(models.get(task.run())))
                .toList();
        long items = seen.stream().mapToLong(TaskTime::items).sum();
        if (rows == 0 || items > 0) {
            double seconds = seen.stream().mapToDouble(TaskTime::seconds).sum();
            return rows == 0 ? 0 : rows * seconds / items;
        }
        if (outlook.model().isEmpty() || outlook.lengths().isEmpty()) {
            return Double.NaN;
        }
        List<Integer> prompts = outlook.lengths().get().prompts();
        double length = asked.longest()
                + prompts.stream().mapToInt(Integer::intValue).average().orElse(0);
        TokenLoad load = new TokenLoad(Math.round(rows * length), Math.round(rows * length * length));
        return FlopCount.of(outlook.model().get(), experiment.lora()).look(load) / (SHARE * roof.getAsDouble());
    }

    /**
     * Seconds until all that is to do is done, with so many tasks at once; none if a part is not known.
     *
     * @param asking seconds of asking a run that there is, or is to be
     */
    public OptionalDouble makespan(ToDoubleFunction<RunSpec> asking, long slots) {
        Map<String, List<Planned>> trainings = runs.stream()
                .filter(run -> run.toDo() && !run.order().base())
                .collect(Collectors.groupingBy(run -> run.order().training(), LinkedHashMap::new, Collectors.toList()));
        List<Job> asks = runs.stream()
                .filter(run -> run.order().base() || run.state().equals(Run.FINISHED))
                .flatMap(run -> ask(run, asking))
                .toList();
        List<Job> roots = trainings.values().stream()
                .filter(training -> trainings.values().stream()
                        .flatMap(List::stream)
                        .noneMatch(run -> run.order().run().id().equals(parent(training))))
                .map(training -> job(training, trainings, asking))
                .toList();
        return Makespan.seconds(Stream.concat(asks.stream(), roots.stream()).toList(), slots);
    }

    private static String parent(List<Planned> training) {
        return training.get(0).order().parent();
    }

    /** A training, the asking of its runs, and the trainings that begin from them. */
    private static Job job(
            List<Planned> training, Map<String, List<Planned>> trainings, ToDoubleFunction<RunSpec> asking) {
        double seconds =
                training.stream().mapToDouble(TaskEstimator::seconds).max().orElse(Double.NaN);
        Stream<Job> asks = training.stream().flatMap(run -> ask(run, asking));
        Stream<Job> heirs = trainings.values().stream()
                .filter(other ->
                        training.stream().anyMatch(run -> run.order().run().id().equals(parent(other))))
                .map(other -> job(other, trainings, asking));
        return new Job(
                new TaskPriority(TaskPriority.TRAIN, seconds),
                Stream.concat(asks, heirs).toList());
    }

    private static Stream<Job> ask(Planned run, ToDoubleFunction<RunSpec> asking) {
        double seconds = asking.applyAsDouble(run.order());
        return seconds == 0 ? Stream.of() : Stream.of(new Job(new TaskPriority(TaskPriority.ASK, seconds), List.of()));
    }
}
