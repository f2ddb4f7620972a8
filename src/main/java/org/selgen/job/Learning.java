package org.selgen.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.selgen.data.BadInput;
import org.selgen.data.Run;

/** Trains and asks, in one line of tasks: a run is asked as soon as it is trained, while others are trained. */
final class Learning {
    private final Workbench bench;
    private final List<Order> orders;
    private final List<Askings.Kind<?>> kinds;

    private Learning(Workbench bench, List<Order> orders, List<Askings.Kind<?>> kinds) {
        this.bench = bench;
        this.orders = orders;
        this.kinds = kinds;
    }

    /**
     * Trains what is missing. A run that fails gets a row that says why, and the others go on.
     *
     * @throws BadInput if something is wrong that concerns every run
     */
    static void train(Workbench bench) throws IOException {
        new Learning(bench, missing(bench), List.of()).run();
    }

    /**
     * Asks the runs that there are.
     *
     * @throws BadInput if there is none: of another model, data or setting they are others
     */
    static void ask(Workbench bench) throws IOException {
        if (bench.finished().isEmpty()) {
            throw new BadInput("no run of this experiment has finished in the lake "
                    + bench.lake().depot().uri()
                    + "; train first, or undo what has changed in the model, the data or the settings"
                    + " ('selgen plan' shows the runs)");
        }
        new Learning(bench, List.of(), GenerateJob.kinds(bench)).run();
    }

    /** Both at once. */
    static void all(Workbench bench) throws IOException {
        new Learning(bench, missing(bench), GenerateJob.kinds(bench)).run();
    }

    private static List<Order> missing(Workbench bench) throws IOException {
        List<Order> missing = TrainJob.missing(bench);
        if (missing.isEmpty()) {
            bench.say("train: nothing is missing");
        }
        return missing;
    }

    private void run() throws IOException {
        try (Tasks tasks = new Tasks(bench.spark(), bench.out());
                TimeSheet times = new TimeSheet(bench.lake().tasks())) {
            List<Run> finished = kinds.isEmpty() ? List.of() : bench.finished();
            List<Askings<?>> askings = new ArrayList<>();
            for (Askings.Kind<?> kind : kinds) {
                askings.add(new Askings<>(bench, kind, tasks, times, finished.size() + orders.size()));
            }
            boolean open = finished.stream()
                    .anyMatch(run -> askings.stream()
                            .anyMatch(kind -> !kind.missing(run.id()).isEmpty()));
            if (orders.isEmpty() && !open) {
                askings.forEach(kind -> kind.none(finished.size()));
                return;
            }
            Expected expected = Expected.here(bench);
            OptionalDouble planned = expected.makespan(
                    order -> askings.stream()
                            .mapToDouble(kind -> kind.seconds(order.run(), expected))
                            .sum(),
                    Gpus.slots(bench.spark()));
            long begun = System.nanoTime();
            if (!orders.isEmpty()) {
                new Trainings(
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
        bench.say("all tasks together: " + Display.time(seconds)
                + planned.stream()
                        .mapToObj(each -> ", planned " + Display.time(each))
                        .findFirst()
                        .orElse("")
                + ", with " + Gpus.slots(bench.spark()) + " at once");
    }
}
