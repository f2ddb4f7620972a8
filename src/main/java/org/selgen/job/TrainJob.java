package org.selgen.job;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.broadcast.Broadcast;
import org.selgen.data.Example;
import org.selgen.data.Run;
import org.selgen.job.Engine.Lesson;
import org.selgen.job.Engine.Trained;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prepared rows to adapters, runs and steps: one Spark task a run. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Train one adapter for each method and seed that has none yet.",
            "Needs 'prepare' first. The base model is a run too, with method 'base' and no training."
        })
public final class TrainJob implements Callable<Integer> {
    @Mixin
    private Conf conf = new Conf();

    @Override
    public Integer call() throws Exception {
        return conf.write(bench -> {
            run(bench);
            return 0;
        });
    }

    static void run(Workbench bench) throws IOException {
        List<Order> missing = missing(bench);
        String model = bench.model().toString();
        String adapters = bench.lake().adapters().toString();
        Engine engine = bench.engine();
        Broadcast<List<Example>> task = bench.spark().broadcast(bench.task());
        Broadcast<List<Example>> proxy = bench.spark().broadcast(bench.proxy());
        int steps = bench.experiment().training().steps(task.value().size());
        try (Display display = new Display("train", missing.size(), bench.out())) {
            Tasks.Work<Order, Trained> work = order -> order.base()
                    ? new Trained(order.run(), List.of())
                    : engine.train(
                            new Lesson(order, model, adapters, task.value(), proxy.value()),
                            new Told(order.title(), steps));
            Consumer<List<Trained>> keep = some -> {
                bench.lake()
                        .steps()
                        .put(some.stream()
                                .flatMap(trained -> trained.steps().stream())
                                .toList());
                bench.lake().runs().put(some.stream().map(Trained::run).toList());
                some.forEach(trained -> display.done(Order.title(trained.run())));
            };
            // those that begin from another run's adapter come when that run has ended
            for (boolean later : new boolean[] {false, true}) {
                List<Order> wave = missing.stream()
                        .filter(order -> order.parent().isEmpty() != later)
                        .toList();
                Tasks.each(bench.spark(), wave, work, keep);
            }
        }
    }

    /** The orders without a row, or with one that says it failed. */
    static List<Order> missing(Workbench bench) throws IOException {
        Set<String> there = bench.lake().runs().read().stream()
                .filter(run -> !run.status().equals(Run.FAILED))
                .map(Run::id)
                .collect(Collectors.toSet());
        return bench.orders().stream()
                .filter(order -> !there.contains(order.run().id()))
                .toList();
    }
}
