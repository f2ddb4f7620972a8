package org.selgen.job;

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
import org.selgen.data.Example;
import org.selgen.data.Run;
import org.selgen.job.Engine.Trained;
import org.selgen.lake.Lake;

/** The stage that trains: each training stands in the line as soon as the run that it begins from has ended. */
final class Trainings {
    static final String STAGE = "train";

    private final Lake lake;
    private final TimeSheet times;
    private final List<Order> missing;
    private final Expected expected;
    private final Consumer<List<Run>> ended;
    private final Tasks.Stage<Pupils.Group, Trained> stage;
    private final Map<String, List<Pupils.Group>> waiting = new HashMap<>(); // by the run that they begin from

    /**
     * Begins nothing yet.
     *
     * @param ended is given runs when their rows are kept
     */
    Trainings(
            Workbench bench,
            List<Order> missing,
            Expected expected,
            Tasks tasks,
            TimeSheet times,
            Consumer<List<Run>> ended)
            throws IOException {
        this.lake = bench.lake();
        this.times = times;
        this.missing = missing;
        this.expected = expected;
        this.ended = ended;
        this.stage = tasks.stage(STAGE, missing.size(), work(bench), this::keep);
    }

    private static Tasks.Work<Pupils.Group, Trained> work(Workbench bench) throws IOException {
        List<Example> task = bench.task();
        Pupils pupils = pupils(bench, task, bench.proxy(task.size()));
        if (bench.experiment().start() == null) {
            return pupils;
        }
        // the standard method, by which the stage before is trained, does not look at proxy rows: any will do
        Pupils before = pupils(bench, bench.start(), bench.start());
        return group -> (group.last().before() ? before : pupils).apply(group);
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

    /** Puts into the line what waits for no other; the base model's row needs no training. */
    void begin() {
        Map<String, Run> rows = new HashMap<>();
        for (Run run : lake.runs().read()) {
            rows.put(run.id(), run);
        }
        missing.forEach(order -> rows.remove(order.run().id()));
        List<Run> known = new ArrayList<>(
                missing.stream().filter(Order::base).map(Order::run).toList());
        Map<String, List<Order>> trainings = missing.stream()
                .filter(order -> !order.base())
                .collect(Collectors.groupingBy(Order::training, LinkedHashMap::new, Collectors.toList()));
        for (List<Order> orders : trainings.values()) {
            Pupils.Group group = new Pupils.Group(orders);
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

    private void add(Pupils.Group group) {
        stage.add(
                group.last().title(),
                group,
                new Turn(Turn.TRAIN, expected.training(group.last().training())));
    }

    /** Puts a training into the line whose parent has ended well; gives its rows if it has not. */
    private List<Run> after(@Nullable Run parent, Pupils.Group group) {
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

    private void keep(List<Tasks.Done<Trained>> some) {
        lake.steps()
                .put(some.stream()
                        .flatMap(done -> done.value().steps().stream())
                        .toList());
        keepRuns(some.stream().flatMap(Trainings::runs).toList());
        for (Tasks.Done<Trained> done : some) {
            List<Run> runs = done.value().runs();
            times.add(done.time(STAGE, runs.get(runs.size() - 1).id(), 0, ""));
            if (runs.stream().noneMatch(run -> run.status().equals(Run.FAILED))) {
                lake.forgetCheckpoints(done.value().training());
            }
        }
    }

    private static Stream<Run> runs(Tasks.Done<Trained> done) {
        Outcome<Trained> outcome = done.outcome();
        return done.value().runs().stream().map(run -> run.on(outcome.host(), outcome.gpu()));
    }

    /** Keeps rows, and those of trainings that can never begin because of them. */
    private void keepRuns(List<Run> runs) {
        List<Run> all = new ArrayList<>(runs);
        for (int i = 0; i < all.size(); i++) {
            Run run = all.get(i);
            List<Pupils.Group> next = waiting.remove(run.id());
            if (next != null) {
                next.forEach(group -> all.addAll(after(run, group)));
            }
        }
        lake.runs().put(all);
        all.forEach(run -> stage.shown().done(Order.title(run)));
        ended.accept(all);
    }
}
