package org.selgen.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.MethodText;
import org.selgen.experiment.OlderRecipes;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.TrainingSpec;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.train.FlopCount;
import org.selgen.train.Forecast;
import org.selgen.train.Forecast.PlannedWork;
import org.selgen.train.Forecast.ProxyLength;

/** The trainings of an experiment before they are made: steps, tokens, time and bytes. */
final class TrainPlan {
    static final String TO_DO = "to do";
    private static final String AGAIN = "to do again";

    private final Experiment experiment;
    private final PlanInputs inputs;
    private final Map<String, Run> rows;
    private final Function<Run, Optional<Run>> older;
    private final TrainingTimeEstimator times;
    private final Optional<FlopCount> flops;
    private final Map<List<Object>, PlannedWork> works = new HashMap<>();
    private final List<RunSpec> specs; // worked out once: each has a hash
    private final Map<List<Object>, List<TrainingTimeEstimator.Task>> others = new HashMap<>();

    TrainPlan(Experiment experiment, PlanInputs inputs, List<Run> rows, TrainingTimeEstimator times) {
        this.experiment = experiment;
        this.inputs = inputs;
        this.specs = inputs.matrix().runs();
        this.rows = rows.stream().collect(Collectors.toMap(Run::id, run -> run));
        this.older = OlderRecipes.among(rows);
        this.times = times;
        this.flops = inputs.model().map(model -> FlopCount.of(model, experiment.lora()));
    }

    /**
     * One run.
     *
     * @param ended the status of its row; absent where it is to be done
     * @param older the run that an older recipe has left of it, where it is to be done
     * @param steps it will record
     * @param work the same with its tokens; none where they are not known
     * @param time from the beginning of its training to its epoch; none where it is done or cannot be estimated
     */
    record Planned(
            RunSpec spec,
            Optional<Status> ended,
            Optional<Run> older,
            long steps,
            Optional<PlannedWork> work,
            Optional<TrainingTimeEstimator.Estimate> time) {
        boolean toDo() {
            return ended.isEmpty();
        }

        boolean has(Status status) {
            return ended.equals(Optional.of(status));
        }

        /** The status of its row, or that it is to be done. */
        String state() {
            return ended.map(Status::column).orElse(older.isPresent() ? AGAIN : TO_DO);
        }

        /** The training to make; none of the base model, or where it is done. */
        Optional<TrainingSpec> training() {
            return toDo() && spec instanceof RunSpec.Trained trained
                    ? Optional.of(trained.training())
                    : Optional.empty();
        }
    }

    /** An adapter that is no run, which runs to do need; the same of it. */
    record PlannedArtefact(
            TrainingSpec spec, long steps, Optional<PlannedWork> work, Optional<TrainingTimeEstimator.Estimate> time) {}

    List<Planned> runs() {
        return specs.stream().map(this::planned).toList();
    }

    /**
     * The artefacts to make.
     *
     * @param there ids of those that the lake has
     */
    List<PlannedArtefact> artefacts(List<Planned> runs, List<String> there) {
        Set<String> needed = new HashSet<>();
        runs.forEach(run -> run.training().ifPresent(training -> needed.addAll(training.adapters())));
        if (inputs.named()) {
            there.forEach(needed::remove);
        }
        List<PlannedArtefact> artefacts = new ArrayList<>();
        for (TrainingSpec spec : inputs.matrix().artefacts().values()) {
            if (needed.contains(spec.id())) {
                artefacts.add(
                        new PlannedArtefact(spec, steps(spec, spec.training().epochs()), work(spec), time(spec)));
            }
        }
        return artefacts;
    }

    private Planned planned(RunSpec spec) {
        Run row = rows.get(spec.run().id());
        boolean toDo = !inputs.named() || row == null || row.status() == Status.FAILED;
        Optional<Status> ended = toDo ? Optional.empty() : Optional.of(row.status());
        if (!(spec instanceof RunSpec.Trained trained)) {
            return new Planned(spec, ended, Optional.empty(), 0, Optional.of(PlannedWork.NONE), Optional.empty());
        }
        return new Planned(
                spec,
                ended,
                toDo ? older.apply(spec.run()) : Optional.empty(),
                steps(trained.training(), trained.epoch()),
                work(trained),
                toDo ? time(trained) : Optional.empty());
    }

    private long steps(TrainingSpec training, int epoch) {
        ExperimentRows all = inputs.rows();
        int rows = switch (training.rows()) {
            case TASK -> all.task().size();
            case PROXY -> all.proxy().size();
            case START -> all.start().size();
        };
        return training.method().trains() ? (long) epoch * training.training().stepsOfAnEpoch(rows) : 0;
    }

    private Optional<PlannedWork> work(RunSpec.Trained run) {
        TrainingSpec spec = run.training();
        List<Object> key =
                List.of(spec.method().trains(), spec.method().passes(), spec.rows(), spec.seed(), run.epoch());
        return inputs.tokens()
                .map(tokens -> works.computeIfAbsent(
                        key, k -> forecast(tokens, spec).recorded(spec.method(), spec.seed(), run.epoch())));
    }

    private Optional<PlannedWork> work(TrainingSpec artefact) {
        return inputs.tokens()
                .map(tokens -> forecast(tokens, artefact)
                        .recorded(
                                artefact.method(),
                                artefact.seed(),
                                artefact.training().epochs()));
    }

    /** The standard method, by which all but the task's are trained, looks at no proxy rows: any will do. */
    private static Forecast forecast(TokenCounts tokens, TrainingSpec spec) {
        return switch (spec.rows()) {
            case TASK -> new Forecast(spec.training(), tokens.task(), tokens.proxy());
            case PROXY -> new Forecast(spec.training(), answers(tokens.proxy()), tokens.proxy());
            case START -> new Forecast(spec.training(), tokens.start(), alone(tokens.start()));
        };
    }

    private static List<Integer> answers(List<ProxyLength> rows) {
        return rows.stream().map(ProxyLength::answer).toList();
    }

    private static List<ProxyLength> alone(List<Integer> rows) {
        return rows.stream().map(length -> new ProxyLength(length, 0)).toList();
    }

    private Optional<TrainingTimeEstimator.Estimate> time(RunSpec.Trained run) {
        return work(run)
                .flatMap(work -> times.of(
                        task(run.training(), run.run().method(), work),
                        others(run.run().seed(), run.epoch())));
    }

    private Optional<TrainingTimeEstimator.Estimate> time(TrainingSpec artefact) {
        return work(artefact)
                .flatMap(work -> times.of(
                        task(artefact, MethodText.name(artefact.method()), work),
                        others(artefact.seed(), artefact.training().epochs())));
    }

    /** In the experiment's order, where the standard method mostly stands first. */
    private List<TrainingTimeEstimator.Task> others(long seed, int epoch) {
        return others.computeIfAbsent(List.of(seed, epoch), key -> othersNow(seed, epoch));
    }

    private List<TrainingTimeEstimator.Task> othersNow(long seed, int epoch) {
        return specs.stream()
                .flatMap(spec -> spec instanceof RunSpec.Trained trained ? Stream.of(trained) : Stream.of())
                .filter(other -> other.training().rows() == TrainingSpec.RowSet.TASK
                        && other.run().seed() == seed
                        && other.epoch() == epoch)
                .map(other ->
                        task(other.training(), other.run().method(), work(other).orElseThrow()))
                .toList();
    }

    private TrainingTimeEstimator.Task task(TrainingSpec training, String method, PlannedWork work) {
        double count = flops.map(f ->
                        f.run(training.method(), work, experiment.checkpoint().activations()))
                .orElse(0.0);
        return new TrainingTimeEstimator.Task(method, training.modelHash(), work.tokens(), count);
    }

    /** Bytes of the adapters to come. */
    OptionalLong adapters(List<Planned> runs, List<PlannedArtefact> artefacts) {
        if (inputs.model().isEmpty()) {
            return OptionalLong.empty();
        }
        long weights = weights(inputs.model().get());
        long ofRuns = runs.stream()
                .flatMap(run -> run.training().stream())
                .mapToLong(training ->
                        DiskEstimate.adapter(weights * training.method().ranks()))
                .sum();
        return OptionalLong.of(ofRuns + artefacts.size() * DiskEstimate.adapter(weights));
    }

    /** Bytes of the checkpoints while as many trainings as there are slots are at work; their optimizers move one rank each. */
    long checkpoints(List<Planned> runs, List<PlannedArtefact> artefacts, long slots) {
        Set<String> trainings = new HashSet<>();
        runs.forEach(run -> run.training()
                .filter(training -> training.method().trains())
                .ifPresent(training -> trainings.add(training.id())));
        artefacts.forEach(artefact -> trainings.add(artefact.spec().id()));
        return Math.min(slots, trainings.size())
                * inputs.model()
                        .map(model -> DiskEstimate.checkpoints(weights(model)))
                        .orElse(0L);
    }

    /** Elements of one adapter. */
    private long weights(DecoderConfig model) {
        return FlopCount.adapterWeights(model, experiment.lora());
    }
}
