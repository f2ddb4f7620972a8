package org.selgen.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.ProgressDisplay;
import org.selgen.cluster.TaskLog;
import org.selgen.cluster.TaskScheduler;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.job.GenerateJob;
import org.selgen.job.TrainJob;
import org.selgen.plan.TaskEstimator;

/** Trains and asks, in one line of tasks: a run is asked as soon as it is trained, while others are trained. */
public final class TrainAndGenerate {
    private final ExperimentContext bench;
    private final List<RunSpec> orders;
    private final List<GenerateStage.Kind<?>> kinds;

    private TrainAndGenerate(ExperimentContext bench, List<RunSpec> orders, List<GenerateStage.Kind<?>> kinds) {
        this.bench = bench;
        this.orders = orders;
        this.kinds = kinds;
    }

    /**
     * Trains what is missing. A run that fails gets a row that says why, and the others go on.
     *
     * @throws BadInput if something is wrong that concerns every run
     */
    public static void train(ExperimentContext bench) throws IOException {
        new TrainAndGenerate(bench, missing(bench), List.of()).run();
    }

    /**
     * Asks the runs that there are.
     *
     * @throws BadInput if there is none: of another model, data or setting they are others
     */
    public static void ask(ExperimentContext bench) throws IOException {
        if (bench.finished().isEmpty()) {
            throw new BadInput("no run of this experiment has finished in the lake "
                    + bench.lake().depot().uri()
                    + "; train first, or undo what has changed in the model, the data or the settings"
                    + " ('selgen plan' shows the runs)");
        }
        new TrainAndGenerate(bench, List.of(), GenerateJob.kinds(bench)).run();
    }

    /** Both at once. */
    public static void all(ExperimentContext bench) throws IOException {
        new TrainAndGenerate(bench, missing(bench), GenerateJob.kinds(bench)).run();
    }

    private static List<RunSpec> missing(ExperimentContext bench) throws IOException {
        List<RunSpec> missing = TrainJob.missing(bench);
        if (missing.isEmpty()) {
            bench.say("train: nothing is missing");
        }
        return missing;
    }

    private void run() throws IOException {
        try (TaskScheduler tasks = new TaskScheduler(bench.spark(), bench.out());
                TaskLog times = new TaskLog(bench.lake().tasks())) {
            List<Run> finished = kinds.isEmpty() ? List.of() : bench.finished();
            List<GenerateStage<?>> askings = new ArrayList<>();
            for (GenerateStage.Kind<?> kind : kinds) {
                askings.add(new GenerateStage<>(bench, kind, tasks, times, finished.size() + orders.size()));
            }
            boolean open = finished.stream()
                    .anyMatch(run -> askings.stream()
                            .anyMatch(kind -> !kind.missing(run.id()).isEmpty()));
            if (orders.isEmpty() && !open) {
                askings.forEach(kind -> kind.none(finished.size()));
                return;
            }
            TaskEstimator expected = TaskEstimator.here(bench);
            OptionalDouble planned = expected.makespan(
                    order -> askings.stream()
                            .mapToDouble(kind -> kind.seconds(order.run(), expected))
                            .sum(),
                    Gpus.slots(bench.spark()));
            long begun = System.nanoTime();
            if (!orders.isEmpty()) {
                new TrainStage(
                                bench,
                                orders,
                                expected,
                                tasks,
                                times,
                                runs -> askings.forEach(kind -> kind.ask(runs, expected)))
                        .begin();
            }
            askings.forEach(kind -> kind.ask(finished, expected));
            tasks.finish();
            told((System.nanoTime() - begun) / 1e9, planned);
        }
        bench.lake().forgetDrafts();
    }

    private void told(double seconds, OptionalDouble planned) {
        bench.say("all tasks together: " + ProgressDisplay.time(seconds)
                + planned.stream()
                        .mapToObj(each -> ", planned " + ProgressDisplay.time(each))
                        .findFirst()
                        .orElse("")
                + ", with " + Gpus.slots(bench.spark()) + " at once");
    }
}
