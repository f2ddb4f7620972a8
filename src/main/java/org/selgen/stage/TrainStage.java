package org.selgen.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.cluster.TaskLog;
import org.selgen.cluster.TaskPriority;
import org.selgen.cluster.TaskResult;
import org.selgen.cluster.TaskScheduler;
import org.selgen.data.Example;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Lake;
import org.selgen.plan.TaskEstimator;
import org.selgen.stage.Engine.Trained;

/** The stage that trains: each training stands in the line as soon as the run that it begins from has ended. */
final class TrainStage {
    static final String STAGE = "train";

    private final Lake lake;
    private final TaskLog times;
    private final List<RunSpec> missing;
    private final TaskEstimator expected;
    private final Consumer<List<Run>> ended;
    private final TaskScheduler.Stage<TrainingTask.Group, Trained> stage;
    private final Map<String, List<TrainingTask.Group>> waiting = new HashMap<>(); // by the run that they begin from

    /**
     * Begins nothing yet.
     *
     * @param ended is given runs when their rows are kept
     */
    TrainStage(
            ExperimentContext bench,
            List<RunSpec> missing,
            TaskEstimator expected,
            TaskScheduler tasks,
            TaskLog times,
            Consumer<List<Run>> ended)
            throws IOException {
        this.lake = bench.lake();
        this.times = times;
        this.missing = missing;
        this.expected = expected;
        this.ended = ended;
        this.stage = tasks.stage(STAGE, missing.size(), work(bench), this::keep);
    }

    private static TaskScheduler.Work<TrainingTask.Group, Trained> work(ExperimentContext bench) throws IOException {
        List<Example> task = bench.task();
        TrainingTask pupils = pupils(bench, task, bench.proxy(task.size()));
        if (bench.experiment().start() == null) {
            return pupils;
        }
        // the standard method, by which the stage before is trained, does not look at proxy rows: any will do
        TrainingTask before = pupils(bench, bench.start(), bench.start());
        return group -> (group.last().before() ? before : pupils).apply(group);
    }

    private static TrainingTask pupils(ExperimentContext bench, List<Example> task, List<Example> proxy)
            throws IOException {
        return new TrainingTask(
                bench.engine(),
                bench.sharedModel(),
                bench.lake().adapters().uri(),
                bench.lake().checkpoints().uri(),
                bench.spark().broadcast(task),
                bench.spark().broadcast(proxy),
                bench.experiment().training().stepsOfAnEpoch(task.size()));
    }

    /** Puts into the line what waits for no other; the base model's row needs no training. */
    void begin() {
        Map<String, Run> rows = new HashMap<>();
        for (Run run : lake.runs().read()) {
            rows.put(run.id(), run);
        }
        missing.forEach(order -> rows.remove(order.run().id()));
        List<Run> known = new ArrayList<>(
                missing.stream().filter(RunSpec::base).map(RunSpec::run).toList());
        Map<String, List<RunSpec>> trainings = missing.stream()
                .filter(order -> !order.base())
                .collect(Collectors.groupingBy(RunSpec::training, LinkedHashMap::new, Collectors.toList()));
        for (List<RunSpec> orders : trainings.values()) {
            TrainingTask.Group group = new TrainingTask.Group(orders);
            String parent = group.last().parent();
            if (parent.isEmpty()) {
                add(group);
            } else if (missing.stream().anyMatch(order -> order.run().id().equals(parent))) {
                waiting.computeIfAbsent(parent, id -> new ArrayList<>()).add(group);
            } else {
                known.addAll(after(rows.get(parent), group));
            }
        }
        keepRuns(known);
    }

    private void add(TrainingTask.Group group) {
        stage.add(
                group.last().title(),
                group,
                new TaskPriority(
                        TaskPriority.TRAIN, expected.training(group.last().training())));
    }

    /** Puts a training into the line whose parent has ended well; gives its rows if it has not. */
    private List<Run> after(@Nullable Run parent, TrainingTask.Group group) {
        String id = group.last().parent();
        if (parent != null && parent.status().equals(Run.FINISHED)) {
            add(group);
            return List.of();
        }
        String status = parent == null ? Run.FAILED : parent.status();
        String why = parent == null
                ? "the run it begins from, " + id + ", has no row"
                : "its " + parent.method() + " run " + id + " " + status + ": " + parent.reason();
        return group.orders().stream()
                .map(order -> order.run().ended(status, why))
                .toList();
    }

    private void keep(List<TaskScheduler.Done<Trained>> some) {
        lake.steps()
                .put(some.stream()
                        .flatMap(done -> done.value().steps().stream())
                        .toList());
        keepRuns(some.stream().flatMap(TrainStage::runs).toList());
        for (TaskScheduler.Done<Trained> done : some) {
            List<Run> runs = done.value().runs();
            times.add(done.time(STAGE, runs.get(runs.size() - 1).id(), 0, ""));
            if (runs.stream().noneMatch(run -> run.status().equals(Run.FAILED))) {
                lake.forgetCheckpoints(done.value().training());
            }
        }
    }

    private static Stream<Run> runs(TaskScheduler.Done<Trained> done) {
        TaskResult<Trained> outcome = done.outcome();
        return done.value().runs().stream().map(run -> run.on(outcome.host(), outcome.gpu()));
    }

    /** Keeps rows, and those of trainings that can never begin because of them. */
    private void keepRuns(List<Run> runs) {
        List<Run> all = new ArrayList<>(runs);
        for (int i = 0; i < all.size(); i++) {
            Run run = all.get(i);
            List<TrainingTask.Group> next = waiting.remove(run.id());
            if (next != null) {
                next.forEach(group -> all.addAll(after(run, group)));
            }
        }
        lake.runs().put(all);
        all.forEach(run -> stage.shown().done(RunSpec.title(run)));
        ended.accept(all);
    }
}
