package org.selgen.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.selgen.data.Run;
import org.selgen.job.TrainPlan.Planned;
import org.selgen.train.Forecast;

/**
 * What a run of an experiment would do, as a table and sentences below it. Made by reading alone.
 *
 * @param grid a row for each set, run and judge
 * @param notes totals, costs, warnings, and what is not known
 */
record Plan(Grid grid, List<String> notes) {
    private static final List<String> HEADER =
            List.of("stage", "what", "run", "state", "steps", "tokens", "of proxy", "seconds", "by", "to answer");
    private static final String UNKNOWN = "?";

    /** @param roof see {@link Timing} */
    static Plan of(Workbench bench, DoubleSupplier roof) throws IOException {
        Outlook outlook = Outlook.of(bench);
        TrainPlan training = new TrainPlan(
                bench.experiment(),
                outlook,
                bench.lake().runs().read(),
                new Timing(bench.lake().runs().read(), roof));
        AnswerPlan answers = new AnswerPlan(bench, outlook);
        List<Planned> runs = training.runs();
        List<List<String>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        boolean prepared = prepare(bench, outlook, rows);
        long missing = 0;
        for (Planned run : runs) {
            long open = answers.missing(run.order(), run.state());
            missing += open;
            rows.add(row(run, outlook, open));
        }
        long verdicts = 0;
        for (String name : bench.experiment().rubrics()) {
            long open = answers.open(name, runs, missing, notes);
            verdicts += open;
            rows.add(cells(
                    "judge", name, "", open == 0 ? "done" : TrainPlan.TO_DO, "", "", "", "", "", String.valueOf(open)));
        }
        boolean read = prepared
                && outlook.named()
                && missing + verdicts == 0
                && runs.stream().noneMatch(Planned::toDo);
        ending(bench, runs, read, rows);
        notes.addAll(0, totals(bench, outlook, training, runs, missing));
        outlook.lengths()
                .ifPresent(lengths -> lengths.tooLong().stream()
                        .limit(3)
                        .forEach(row -> notes.add("WARNING: " + row + "; 'prepare' will refuse")));
        outlook.unknown().forEach(why -> notes.add("not known: " + why));
        return new Plan(new Grid(HEADER, rows), notes);
    }

    private static boolean prepare(Workbench bench, Outlook outlook, List<List<String>> rows) throws IOException {
        if (outlook.datasets().isEmpty()) {
            rows.add(cells("prepare", "all sets", "", UNKNOWN));
            return false;
        }
        Map<String, Boolean> kept = outlook.datasets().get().kept(bench.lake());
        kept.forEach((name, there) -> rows.add(cells("prepare", name, "", there ? "done" : TrainPlan.TO_DO)));
        return !kept.containsValue(false);
    }

    private static List<String> row(Planned run, Outlook outlook, long open) {
        return cells(
                "train",
                run.order().title(),
                outlook.named() ? run.order().run().id() : UNKNOWN,
                run.state(),
                run.steps().isPresent() ? String.valueOf(run.steps().getAsLong()) : UNKNOWN,
                run.work().map(work -> String.valueOf(work.tokens())).orElse(UNKNOWN),
                run.work().map(work -> String.valueOf(work.proxy().tokens())).orElse(UNKNOWN),
                run.time()
                        .map(time -> String.valueOf(Math.round(time.seconds())))
                        .orElse(unknownIf(run)),
                run.time().map(Timing.Estimate::by).orElse(""),
                outlook.datasets().isEmpty() ? UNKNOWN : String.valueOf(open));
    }

    private static String unknownIf(Planned run) {
        return run.toDo() && !run.order().base() ? UNKNOWN : "";
    }

    private static void ending(Workbench bench, List<Planned> runs, boolean read, List<List<String>> rows)
            throws IOException {
        String name = bench.experiment().name();
        long finished =
                runs.stream().filter(run -> run.state().equals(Run.FINISHED)).count();
        boolean scored = read
                && bench.lake()
                                .scores()
                                .rows()
                                .where(col("experiment").equalTo(name))
                                .where(col("run")
                                        .isin(runs.stream()
                                                .map(run -> run.order().run().id())
                                                .toArray()))
                                .select("run")
                                .distinct()
                                .count()
                        >= finished;
        boolean drawn = scored && bench.lake().report(name).at("index.html").exists();
        rows.add(cells("score", name, "", scored ? "done" : TrainPlan.TO_DO));
        rows.add(cells("report", name, "", drawn ? "done" : TrainPlan.TO_DO));
    }

    private static List<String> totals(
            Workbench bench, Outlook outlook, TrainPlan training, List<Planned> runs, long missing) throws IOException {
        List<String> notes = new ArrayList<>();
        Experiment.Data data = bench.experiment().data();
        outlook.datasets()
                .ifPresent(sets -> notes.add("proxy: "
                        + data.proxySize()
                                .told(
                                        sets.rows(data.proxy(), "proxy").size(),
                                        sets.rows(data.task(), "task").size())));
        List<Planned> open = runs.stream().filter(Planned::toDo).toList();
        int slots = bench.spark().defaultParallelism();
        OptionalDouble seconds = training.seconds(runs, slots);
        long steps = open.stream().mapToLong(run -> run.steps().orElse(0)).sum();
        long tokens = open.stream()
                .mapToLong(run -> run.work().map(Forecast.Work::tokens).orElse(0L))
                .sum();
        notes.add("train: " + open.size() + " of " + runs.size() + " runs to do, "
                + (outlook.datasets().isEmpty() ? UNKNOWN : String.valueOf(steps)) + " steps, "
                + (outlook.lengths().isEmpty() ? UNKNOWN : String.valueOf(tokens)) + " tokens, "
                + (seconds.isPresent() ? "about " + Display.time(seconds.getAsDouble()) : "time not known") + " with "
                + slots + " tasks at once");
        notes.add("generate: "
                + (outlook.datasets().isEmpty()
                        ? UNKNOWN + " answers to come"
                        : missing + " answers to come, of at most "
                                + bench.experiment().decoding().maxTokens() + " tokens each"));
        notes.addAll(disk(bench, training, runs, steps, missing, slots));
        return notes;
    }

    private static List<String> disk(
            Workbench bench, TrainPlan training, List<Planned> runs, long steps, long missing, int slots)
            throws IOException {
        Path there = bench.lake().root();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        long free = Files.getFileStore(there).getUsableSpace();
        OptionalLong adapters = training.adapters(runs);
        if (adapters.isEmpty()) {
            return List.of("disk: what is needed is not known, " + Disk.told(free) + " are free");
        }
        Experiment experiment = bench.experiment();
        long tables = Disk.tables(
                steps,
                missing,
                experiment.decoding().maxTokens(),
                missing * experiment.rubrics().size());
        return new Disk(adapters.getAsLong(), training.checkpoints(runs, slots), tables).told(free, there);
    }

    private static List<String> cells(String... given) {
        List<String> cells = new ArrayList<>(List.of(given));
        while (cells.size() < HEADER.size()) {
            cells.add("");
        }
        return cells;
    }
}
