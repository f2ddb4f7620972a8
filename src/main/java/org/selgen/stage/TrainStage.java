package org.selgen.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.selgen.cluster.CompletedTask;
import org.selgen.cluster.Meter;
import org.selgen.cluster.TaskEnds;
import org.selgen.cluster.TaskGroup;
import org.selgen.cluster.TaskLog;
import org.selgen.cluster.TaskPriority;
import org.selgen.cluster.TaskResult;
import org.selgen.cluster.TaskScheduler;
import org.selgen.data.Failure;
import org.selgen.data.Run;
import org.selgen.data.Stage;
import org.selgen.data.Status;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.TrainingSpec;
import org.selgen.lake.Lake;
import org.selgen.plan.TaskEstimator;
import org.selgen.stage.TrainingTask.ScheduledTraining;

/**
 * Trains: each training is scheduled as soon as the adapters that it needs are there. An adapter that several runs need and
 * that is no run itself is trained once, and kept among the artefacts.
 */
final class TrainStage {
    private final ExperimentContext context;
    private final Lake lake;
    private final TaskLog log;
    private final List<RunSpec> missing;
    private final Map<String, TrainingSpec> artefacts;
    private final TaskEstimator estimator;
    private final Consumer<List<Run>> ended;
    private final TaskGroup<ScheduledTraining, TrainingOutcome> stage;
    private final Map<ScheduledTraining, Set<String>> waiting = new LinkedHashMap<>(); // for adapters, by id
    private final Set<String> placed = new HashSet<>(); // artefacts

    /**
     * Begins nothing yet.
     *
     * @param missing runs to make
     * @param ended is given runs when their rows are kept
     */
    TrainStage(
            ExperimentContext context,
            Engine engine,
            List<RunSpec> missing,
            TaskEstimator estimator,
            TaskScheduler scheduler,
            TaskLog log,
            Consumer<List<Run>> ended)
            throws IOException {
        this.context = context;
        this.lake = context.lake();
        this.artefacts = missing.isEmpty() ? Map.of() : context.matrix().artefacts();
        this.log = log;
        this.missing = missing;
        this.estimator = estimator;
        this.ended = ended;
        this.stage = scheduler.group(Stage.TRAIN.column(), missing.size(), work(context, engine), new Ends());
    }

    private static TrainingTask work(ExperimentContext context, Engine engine) throws IOException {
        Lake lake = context.lake();
        ExperimentRows rows = ExperimentRows.prepared(context.experiment(), lake);
        return new TrainingTask(
                engine,
                context.experiment(),
                new TrainingJob.Places(context.sharedModel(), lake.adapters(), lake.artefacts(), lake.checkpoints()),
                context.spark().broadcast(rows.task()),
                context.spark().broadcast(rows.proxy()),
                context.spark().broadcast(rows.start()),
                context.spark().broadcast(new TrainingJob.HeldOutRows(rows.heldOutTask(), rows.heldOutProxy())));
    }

    /** Schedules what waits for no other; the base model and what other tools have made need no training. */
    void begin() throws IOException {
        Map<String, List<RunSpec.Trained>> trainings = new LinkedHashMap<>();
        List<Run> known = new ArrayList<>();
        for (RunSpec spec : missing) {
            if (spec instanceof RunSpec.Trained trained) {
                trainings
                        .computeIfAbsent(trained.training().id(), id -> new ArrayList<>())
                        .add(trained);
            } else {
                known.add(
                        spec instanceof RunSpec.Given given ? context.external().placed(given, lake) : spec.run());
            }
        }
        Map<String, Run> rows = new HashMap<>();
        lake.runs().read().forEach(run -> rows.put(run.id(), run));
        missing.forEach(spec -> rows.remove(spec.run().id()));
        for (List<RunSpec.Trained> runs : trainings.values()) {
            known.addAll(place(scheduled(runs.get(0).training(), List.copyOf(runs)), rows));
        }
        keepRuns(known);
    }

    private ScheduledTraining scheduled(TrainingSpec spec, List<RunSpec.Trained> runs) {
        return new ScheduledTraining(spec, runs, context.experiment().checkpoint());
    }

    /** Schedules a training, or lets it wait; gives its rows if one of the runs that it needs has not ended well. */
    private List<Run> place(ScheduledTraining item, Map<String, Run> rows) throws IOException {
        List<String> needed = needed(item.spec());
        Set<String> coming = missing.stream()
                .map(spec -> spec.run().id())
                .filter(needed::contains)
                .collect(Collectors.toSet());
        for (String id : needed) {
            Run row = rows.get(id);
            if (row != null && row.status() != Status.FINISHED) {
                return item.ended(row.status(), why(row));
            }
            if (row == null && !coming.contains(id) && !artefacts.containsKey(id)) {
                return item.ended(Status.FAILED, "the run it begins from, " + id + ", has no row");
            }
        }
        Set<String> open = new LinkedHashSet<>(coming);
        for (String id : needed) {
            if (artefacts.containsKey(id) && !lake.artefacts().at(id).exists()) {
                open.add(id);
                placeOnce(artefacts.get(id), rows);
            }
        }
        stage.progress().expect(item.title(), estimator.training(item.spec().id()));
        if (open.isEmpty()) {
            add(item);
        } else {
            waiting.put(item, open);
        }
        return List.of();
    }

    /** What must be there first; of artefacts that are not there yet, also what those need. */
    private List<String> needed(TrainingSpec spec) throws IOException {
        List<String> needed = new ArrayList<>(spec.adapters());
        for (String id : spec.adapters()) {
            if (artefacts.containsKey(id) && !lake.artefacts().at(id).exists()) {
                needed.addAll(artefacts.get(id).adapters());
            }
        }
        return needed;
    }

    private void placeOnce(TrainingSpec artefact, Map<String, Run> rows) throws IOException {
        if (placed.add(artefact.id())) {
            place(scheduled(artefact, List.of()), rows);
        }
    }

    private static String why(Run run) {
        return "its " + run.method() + " run " + run.id() + " " + run.status() + ": " + run.reason();
    }

    private void add(ScheduledTraining item) {
        stage.add(
                item.title(),
                item,
                new TaskPriority(
                        TaskPriority.TRAIN, estimator.training(item.spec().id())));
    }

    /** What trainings come to: a failed one fails its runs, and those that begin from them. */
    private final class Ends implements TaskEnds<ScheduledTraining, TrainingOutcome> {
        @Override
        public void keep(List<CompletedTask<ScheduledTraining, TrainingOutcome>> some) {
            lake.steps()
                    .put(some.stream()
                            .flatMap(done -> done.value().steps().stream())
                            .toList());
            List<Run> runs = new ArrayList<>();
            for (CompletedTask<ScheduledTraining, TrainingOutcome> done : some) {
                runs.addAll(rows(done.value(), done.result()));
            }
            keepRuns(runs);
            for (CompletedTask<ScheduledTraining, TrainingOutcome> done : some) {
                TrainingOutcome trained = done.value();
                log.add(done.row(Stage.TRAIN, trained.last(), 0, ""));
                lake.deleteCheckpoints(trained.training());
            }
        }

        @Override
        public void failed(CompletedTask<ScheduledTraining, TrainingOutcome> task, Throwable why) {
            keepRuns(rows(task.item().failed(Failure.reason(why)), task.result()));
        }

        @Override
        public ScheduledTraining smaller(ScheduledTraining item) {
            return item.smaller();
        }
    }

    /** The rows of its runs; of an artefact those of what can never begin without it. */
    private List<Run> rows(TrainingOutcome trained, TaskResult<TrainingOutcome> result) {
        if (!trained.runs().isEmpty()) {
            return trained.runs().stream()
                    .map(run -> run.withHost(result.host(), result.gpu()))
                    .toList();
        }
        String title = artefacts.get(trained.training()).title();
        stage.progress().leaves(title);
        return after(trained.training(), trained.status(), "its " + title + ": " + trained.reason());
    }

    /** Schedules what has waited for this adapter alone; gives the rows of what can never begin without it. */
    private List<Run> after(String id, Status status, String why) {
        List<Run> never = new ArrayList<>();
        for (ScheduledTraining item : List.copyOf(waiting.keySet())) {
            Set<String> open = waiting.get(item);
            if (!open.remove(id)) {
                continue;
            }
            if (status != Status.FINISHED) {
                waiting.remove(item);
                never.addAll(item.ended(status, why));
            } else if (open.isEmpty()) {
                waiting.remove(item);
                add(item);
            }
        }
        return never;
    }

    /** Keeps rows, and those of trainings that can never begin because of them. */
    private void keepRuns(List<Run> runs) {
        List<Run> all = new ArrayList<>(runs);
        for (int i = 0; i < all.size(); i++) {
            Run run = all.get(i);
            all.addAll(after(run.id(), run.status(), why(run)));
        }
        lake.runs().put(all);
        all.forEach(run -> Meter.of(run.status()).add(1));
        all.forEach(run -> stage.progress().done(RunSpec.title(run)));
        ended.accept(all);
    }
}
