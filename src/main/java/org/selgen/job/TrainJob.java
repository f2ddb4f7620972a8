package org.selgen.job;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.selgen.data.Example;
import org.selgen.data.Run;
import org.selgen.job.Engine.Trained;
import org.selgen.lake.Lake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prepared rows to adapters, runs and steps: one Spark task a training. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Train one adapter for each method and seed that has none yet; where the experiment has a start, that stage first.",
            "Needs 'prepare' first. The base model is a run too, with method 'base' and no training."
        })
public final class TrainJob implements Callable<Integer> {
    @Mixin
    private Conf conf = new Conf();

    @Mixin
    private Part part = new Part();

    @Override
    public Integer call() throws Exception {
        return conf.write(all -> {
            Workbench bench = part.of(all);
            run(bench);
            return RunJob.ended(bench);
        });
    }

    /**
     * Trains what is missing. A run that fails gets a row that says why, and the others go on.
     *
     * @throws org.selgen.data.BadInput if something is wrong that concerns every run
     */
    static void run(Workbench bench) throws IOException {
        List<Order> missing = missing(bench);
        if (missing.isEmpty()) {
            bench.say("train: nothing is missing");
            return;
        }
        List<Example> task = bench.task();
        Pupils pupils = pupils(bench, task, bench.proxy(task.size()));
        // the standard method, by which the stage before is trained, does not look at proxy rows: any will do
        Pupils first = bench.experiment().start() == null ? pupils : pupils(bench, bench.start(), bench.start());
        Set<String> kept = new HashSet<>();
        try (Display display = new Display("train", missing.size(), bench.out())) {
            Consumer<List<Trained>> keep = some -> keep(bench, some, display);
            Tasks.each(bench.spark(), lessons(missing, order -> order.parent().isEmpty()), first, keep);
            // those that begin from another run's adapter come when that run has ended
            List<Order> later =
                    missing.stream().filter(order -> !order.parent().isEmpty()).toList();
            Map<String, Run> ended = rows(bench);
            List<Run> orphans = later.stream()
                    .flatMap(order -> orphan(order, ended).stream())
                    .toList();
            if (!orphans.isEmpty()) {
                keep.accept(List.of(new Trained("", orphans, List.of())));
            }
            orphans.forEach(run -> kept.add(run.id()));
            Predicate<Order> ready = order ->
                    !order.parent().isEmpty() && !kept.contains(order.run().id());
            Tasks.each(bench.spark(), lessons(missing, ready), pupils, keep);
        }
        bench.lake().forgetDrafts();
    }

    private static Pupils pupils(Workbench bench, List<Example> task, List<Example> proxy) throws IOException {
        return new Pupils(
                bench.engine(),
                bench.sharedModel(),
                bench.lake().adapters().uri(),
                bench.lake().checkpoints().uri(),
                bench.spark().broadcast(task),
                bench.spark().broadcast(proxy),
                bench.experiment().training().stepsOfAnEpoch(task.size()));
    }

    /** Orders of one training together. */
    private static List<Pupils.Group> lessons(List<Order> orders, Predicate<Order> which) {
        return orders.stream()
                .filter(which)
                .collect(Collectors.groupingBy(Order::training, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Pupils.Group::new)
                .toList();
    }

    private static void keep(Workbench bench, List<Trained> some, Display display) {
        Lake lake = bench.lake();
        lake.steps()
                .put(some.stream().flatMap(trained -> trained.steps().stream()).toList());
        lake.runs()
                .put(some.stream().flatMap(trained -> trained.runs().stream()).toList());
        for (Trained trained : some) {
            trained.runs().forEach(run -> display.done(Order.title(run)));
            if (trained.runs().stream().noneMatch(run -> run.status().equals(Run.FAILED))) {
                lake.forgetCheckpoints(trained.training());
            }
        }
    }

    /** The row of a run whose parent left no adapter; empty if it did. */
    private static Optional<Run> orphan(Order order, Map<String, Run> ended) {
        Run parent = ended.get(order.parent());
        if (parent == null) {
            return Optional.of(
                    order.run().ended(Run.FAILED, "the run it begins from, " + order.parent() + ", has no row"));
        }
        String why = "its " + parent.method() + " run " + parent.id() + " " + parent.status() + ": " + parent.reason();
        return parent.status().equals(Run.FINISHED)
                ? Optional.empty()
                : Optional.of(order.run().ended(parent.status(), why));
    }

    private static Map<String, Run> rows(Workbench bench) {
        return bench.lake().runs().read().stream().collect(Collectors.toMap(Run::id, run -> run));
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
