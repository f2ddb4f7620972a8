package org.selgen.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.selgen.cluster.TaskPriority;
import org.selgen.data.Run;
import org.selgen.data.Stage;
import org.selgen.data.Status;
import org.selgen.data.TaskTime;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.TrainingSpec;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.plan.Makespan.Job;
import org.selgen.plan.TrainPlan.Planned;
import org.selgen.plan.TrainPlan.PlannedArtefact;
import org.selgen.train.FlopCount;
import org.selgen.train.TokenLoad;

/**
 * What the tasks of an experiment will take here: trainings by {@link TrainingTimeEstimator}, and answers by the best ground
 * there is:
 * <pre>
 *   seen     tasks of the stage on this model with this decoding:   rows · Σ seconds / Σ rows
 *   guess    where there are none:                                  operations / (share · rate of a large matrix product)
 * </pre>
 * A guess takes every answer for as long as it may be. What is not known is NaN.
 */
public final class TaskEstimator {
    /** Answering's share of a large matrix product, by {@code selgen bench}: hidden 256, 64 at a time, 2 cores. */
    static final double SHARE = 0.35;

    private final Experiment experiment;
    private final PlanInputs inputs;
    private final TrainPlan plan;
    private final List<Planned> runs;
    private final List<PlannedArtefact> artefacts;
    private final Map<PastKind, Past> past = new HashMap<>();
    private final Map<String, Double> trainings = new HashMap<>(); // seconds by id
    private final DoubleSupplier peakFlops;

    /**
     * For an experiment as it stands in its lake.
     *
     * @param rows runs of the lake
     * @param peakFlops see {@link TrainingTimeEstimator}
     */
    TaskEstimator(ExperimentContext context, PlanInputs inputs, List<Run> rows, DoubleSupplier peakFlops)
            throws IOException {
        this.experiment = context.experiment();
        this.inputs = inputs;
        this.peakFlops = peakFlops;
        int width = inputs.model().map(DecoderConfig::hidden).orElse(0);
        this.plan = new TrainPlan(experiment, inputs, rows, new TrainingTimeEstimator(rows, peakFlops, width));
        this.runs = plan.runs();
        this.artefacts = plan.artefacts(runs, context.lake().artefacts().names());
        Map<String, String> models = rows.stream().collect(Collectors.toMap(Run::id, Run::modelHash));
        context.lake().tasks().read().stream()
                .filter(task -> models.containsKey(task.run()))
                .collect(Collectors.groupingBy(task -> new PastKind(task.stage(), task.kind(), models.get(task.run()))))
                .forEach((kind, tasks) -> past.put(kind, Past.of(tasks)));
        for (Planned run : runs) {
            run.training().ifPresent(training -> trainings.merge(training.id(), seconds(run), Math::max));
        }
        artefacts.forEach(artefact -> trainings.put(artefact.spec().id(), seconds(artefact)));
    }

    /** By the rate of this machine. */
    public static TaskEstimator here(ExperimentContext context, PlanInputs inputs) throws IOException {
        return new TaskEstimator(context, inputs, context.lake().runs().read(), TrainingTimeEstimator::here);
    }

    TrainPlan plan() {
        return plan;
    }

    /** What each run is trained for. */
    List<Planned> runs() {
        return runs;
    }

    /** Adapters to make that are no run. */
    List<PlannedArtefact> artefacts() {
        return artefacts;
    }

    /** Seconds of a training that is to be made. */
    public double training(String id) {
        return trainings.getOrDefault(id, Double.NaN);
    }

    /** What only edits an adapter, once, takes nothing beside trainings where it was never seen. */
    private static double seconds(Planned run) {
        boolean edits = run.training().filter(spec -> !spec.method().trains()).isPresent();
        return run.time().map(TrainingTimeEstimator.Estimate::seconds).orElse(edits ? 0 : Double.NaN);
    }

    private static double seconds(PlannedArtefact artefact) {
        return artefact.time().map(TrainingTimeEstimator.Estimate::seconds).orElse(Double.NaN);
    }

    /**
     * What a run answers.
     *
     * @param stage as in the table tasks
     * @param kind as there
     * @param longest tokens of a row at most
     */
    public record Answers(Stage stage, String kind, int longest) {}

    /** What tasks are alike in. */
    private record PastKind(Stage stage, String kind, String modelHash) {}

    /** What such tasks made and took all together: there are as many as runs, and each run asks. */
    private record Past(long items, double seconds) {
        static Past of(List<TaskTime> tasks) {
            return new Past(
                    tasks.stream().mapToLong(TaskTime::items).sum(),
                    tasks.stream().mapToDouble(TaskTime::seconds).sum());
        }
    }

    /** Seconds in which a model makes so many rows here; none where a server gives the answers. */
    public double generating(Answers answers, String modelHash, long rows) {
        if (experiment.generation() != null) {
            return 0;
        }
        Past seen = past.get(new PastKind(answers.stage(), answers.kind(), modelHash));
        if (rows == 0) {
            return 0;
        }
        if (seen != null && seen.items() > 0) {
            return rows * seen.seconds() / seen.items();
        }
        return answering(rows, answers.longest()) / (SHARE * peakFlops.getAsDouble());
    }

    /** Operations of so many answers, each as long as it may be; NaN where the model or its tokens are not known. */
    double answering(long rows, int longest) {
        if (inputs.model().isEmpty() || inputs.tokens().isEmpty()) {
            return Double.NaN;
        }
        List<Integer> prompts = inputs.tokens().get().prompts();
        double length =
                longest + prompts.stream().mapToInt(Integer::intValue).average().orElse(0);
        TokenLoad load = new TokenLoad(Math.round(rows * length), Math.round(rows * length * length));
        return FlopCount.of(inputs.model().get(), experiment.lora()).forward(load);
    }

    /** Operations of all trainings to make; NaN where the model's shape is not known. */
    double training() {
        if (inputs.model().isEmpty()) {
            return Double.NaN;
        }
        FlopCount flops = FlopCount.of(inputs.model().get(), experiment.lora());
        boolean again = experiment.checkpoint().activations();
        Map<String, Double> byTraining = new HashMap<>(); // several runs may be epochs of one
        for (Planned run : runs) {
            run.training()
                    .ifPresent(spec -> run.work()
                            .ifPresent(work -> byTraining.merge(
                                    spec.id(), TrainingWorks.operations(flops, spec, work, again), Math::max)));
        }
        for (PlannedArtefact made : artefacts) {
            made.work()
                    .ifPresent(work -> byTraining.put(
                            made.spec().id(), TrainingWorks.operations(flops, made.spec(), work, again)));
        }
        return byTraining.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * Seconds until all that is to do is done, with so many tasks at once; none if a part is not known.
     *
     * @param generating seconds in which a run answers that there is, or is to be
     */
    public OptionalDouble makespan(ToDoubleFunction<RunSpec> generating, long slots) {
        Set<String> coming = new HashSet<>();
        Map<String, String> trainingOf = new HashMap<>(); // by run
        for (Planned run : runs) {
            run.training().ifPresent(training -> {
                trainingOf.put(run.spec().run().id(), training.id());
                coming.add(training.id());
            });
        }
        artefacts.forEach(artefact -> coming.add(artefact.spec().id()));
        Map<String, TrainingSpec> specs = new HashMap<>();
        runs.forEach(run -> run.training().ifPresent(training -> specs.put(training.id(), training)));
        artefacts.forEach(artefact -> specs.put(artefact.spec().id(), artefact.spec()));
        List<Job> jobs = new ArrayList<>();
        specs.forEach((id, spec) -> jobs.add(new Job(
                id,
                new TaskPriority(TaskPriority.TRAIN, training(id)),
                spec.adapters().stream()
                        .map(adapter -> trainingOf.getOrDefault(adapter, adapter))
                        .filter(coming::contains)
                        .collect(Collectors.toSet()))));
        for (Planned run : runs) {
            double seconds = generating.applyAsDouble(run.spec());
            boolean answers = run.toDo() || run.has(Status.FINISHED);
            if (answers && seconds != 0) {
                String training = trainingOf.get(run.spec().run().id());
                jobs.add(new Job(
                        "answers of " + run.spec().run().id(),
                        new TaskPriority(TaskPriority.GENERATE, seconds),
                        training == null ? Set.of() : Set.of(training)));
            }
        }
        return Makespan.seconds(jobs, slots);
    }
}
