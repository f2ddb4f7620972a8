package org.selgen.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.selgen.data.Run;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.RunSpec;
import org.selgen.lm.LoraConfig;
import org.selgen.method.Method;
import org.selgen.train.FlopCount;
import org.selgen.train.Forecast;
import org.selgen.train.Forecast.Work;
import org.selgen.train.Training;

/** The trainings of an experiment before they are made: steps, tokens, time and bytes. */
final class TrainPlan {
    static final String TO_DO = "to do";

    private final Experiment experiment;
    private final PlanInputs outlook;
    private final Map<String, Run> rows;
    private final TrainingTimeEstimator timing;
    private final Optional<Forecast> forecast;
    private final Optional<Forecast> start;
    private final Optional<FlopCount> operations;
    private final Map<List<Object>, Work> works = new HashMap<>();

    TrainPlan(Experiment experiment, PlanInputs outlook, List<Run> rows, TrainingTimeEstimator timing) {
        this.experiment = experiment;
        this.outlook = outlook;
        this.rows = rows.stream().collect(Collectors.toMap(Run::id, run -> run));
        this.timing = timing;
        this.forecast = outlook.lengths().map(l -> new Forecast(experiment.training(), l.task(), l.proxy()));
        this.start = outlook.lengths()
                .filter(lengths -> experiment.start() != null)
                .map(l -> new Forecast(training(), l.start(), l.start())); // the standard method looks at no proxy rows
        this.operations = outlook.model().map(model -> FlopCount.of(model, experiment.lora()));
    }

    /**
     * One run.
     *
     * @param state of its row, or {@link #TO_DO}
     * @param steps it will record; none where the rows are not known
     * @param work the same with its tokens; none where they are not known
     * @param time from the beginning of its training to its epoch; none where it is done or cannot be estimated
     */
    record Planned(
            RunSpec order,
            String state,
            OptionalLong steps,
            Optional<Work> work,
            Optional<TrainingTimeEstimator.Estimate> time) {
        boolean toDo() {
            return state.equals(TO_DO);
        }
    }

    List<Planned> runs() {
        return outlook.orders().stream().map(this::planned).toList();
    }

    private Planned planned(RunSpec order) {
        Run row = rows.get(order.run().id());
        boolean toDo = !outlook.named() || row == null || row.status().equals(Run.FAILED);
        String state = toDo ? TO_DO : row.status();
        if (order.base()) {
            return new Planned(order, state, OptionalLong.of(0), Optional.of(Work.NONE), Optional.empty());
        }
        Method method = method(order);
        Optional<Work> work = forecast(order).map(f -> recorded(f, method, order));
        return new Planned(order, state, steps(method, order), work, toDo ? time(order) : Optional.empty());
    }

    private Method method(RunSpec order) {
        return order.taught(experiment);
    }

    private Training training() {
        Experiment.Start before = experiment.start();
        return before == null ? experiment.training() : experiment.training().ofEpochs(before.epochs());
    }

    private Optional<Forecast> forecast(RunSpec order) {
        return order.before() ? start : forecast;
    }

    private OptionalLong steps(Method method, RunSpec order) {
        if (method.beginsFromStandard() || outlook.datasets().isEmpty()) {
            return outlook.datasets().isEmpty() ? OptionalLong.empty() : OptionalLong.of(0);
        }
        ExperimentRows datasets = outlook.datasets().get();
        int rows = order.before()
                ? datasets.startSets().stream()
                        .mapToInt(set -> datasets.training().get(set).size())
                        .sum()
                : datasets.rows(experiment.data().task(), "task").size();
        return OptionalLong.of((long) order.epoch() * experiment.training().stepsOfAnEpoch(rows));
    }

    private Work recorded(Forecast f, Method method, RunSpec order) {
        List<Object> key =
                List.of(method.beginsFromStandard(), order.before(), order.run().seed(), order.epoch());
        return works.computeIfAbsent(key, k -> f.recorded(method, order.run().seed(), order.epoch()));
    }

    private Work before(Forecast f, Method method, long seed) {
        return works.computeIfAbsent(List.of("before", method.learnsProxyFirst(), seed), k -> f.before(method, seed));
    }

    private Optional<TrainingTimeEstimator.Estimate> time(RunSpec order) {
        if (forecast.isEmpty()) {
            return Optional.empty();
        }
        List<TrainingTimeEstimator.Task> others = outlook.orders().stream()
                .filter(other -> !other.base()
                        && !other.before()
                        && other.run().seed() == order.run().seed()
                        && other.epoch() == order.epoch())
                .map(this::task)
                .toList(); // in the experiment's order, where the standard method mostly stands first
        return timing.of(task(order), others);
    }

    private TrainingTimeEstimator.Task task(RunSpec order) {
        Method method = method(order);
        Forecast f = forecast(order).orElseThrow();
        Work work = recorded(f, method, order);
        Work before = order.before() ? Work.NONE : before(f, method, order.run().seed());
        double count = operations.map(o -> o.run(method, before, work)).orElse(0.0);
        return new TrainingTimeEstimator.Task(order.run().method(), order.run().modelHash(), work.tokens(), count);
    }

    /** Bytes of the adapters to come. */
    OptionalLong adapters(List<Planned> runs) {
        if (outlook.model().isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(runs.stream()
                .filter(run -> run.toDo() && !run.order().base())
                .mapToLong(run -> DiskEstimate.adapter(weights() * (joined(run) ? 2 : 1)))
                .sum());
    }

    /** Bytes of the checkpoints while the largest trainings are at work. */
    long checkpoints(List<Planned> runs, long slots) {
        return runs.stream()
                .filter(run -> run.toDo() && !run.order().base())
                .collect(Collectors.toMap(
                        run -> run.order().training(),
                        run -> DiskEstimate.checkpoints(weights(), joined(run) ? 2 : 1),
                        Math::max))
                .values()
                .stream()
                .sorted((x, y) -> Long.compare(y, x))
                .limit(slots)
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Elements of one adapter. */
    private long weights() {
        LoraConfig lora = experiment.lora();
        return outlook.model()
                .map(model -> FlopCount.adapterWeights(model, lora))
                .orElseThrow();
    }

    /** Whether two adapters of the rank are one in the end. */
    private boolean joined(Planned run) {
        Method method = method(run.order());
        return method.learnsProxyFirst() && !method.beginsFromStandard();
    }
}
