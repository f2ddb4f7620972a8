package org.selgen.plan;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.ProgressDisplay;
import org.selgen.data.Run;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.file.ByteSize;
import org.selgen.job.GenerateJob;
import org.selgen.plan.TrainPlan.Planned;
import org.selgen.report.TextTable;
import org.selgen.train.Forecast;

/**
 * What a run of an experiment would do, as a table and sentences below it. Made by reading alone.
 *
 * @param grid a row for each set, run and judge
 * @param notes totals, costs, warnings, and what is not known
 */
public record Plan(TextTable grid, List<String> notes) {
    private static final List<String> HEADER =
            List.of("stage", "what", "run", "state", "steps", "tokens", "of proxy", "seconds", "by", "to answer");
    private static final String UNKNOWN = "?";

    /**
     * The plan of an experiment.
     *
     * @param roof see {@link TrainingTimeEstimator}
     */
    public static Plan of(ExperimentContext bench, DoubleSupplier roof) throws IOException {
        PlanInputs outlook = PlanInputs.of(bench);
        TaskEstimator expected = new TaskEstimator(bench, outlook, roof);
        AnswerPlan answers = new AnswerPlan(bench, outlook);
        List<Planned> runs = expected.runs();
        List<List<String>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        boolean prepared = prepare(bench, outlook, rows);
        Map<String, Long> open = new LinkedHashMap<>();
        for (Planned run : runs) {
            long of = answers.missing(run.order(), run.state());
            open.put(run.order().run().id(), of);
            rows.add(row(run, outlook, of));
        }
        long missing = open.values().stream().mapToLong(Long::longValue).sum();
        long verdicts = 0;
        for (String name : bench.experiment().rubrics()) {
            long unread = answers.open(name, runs, missing, notes);
            verdicts += unread;
            String state = unread == 0 ? "done" : TrainPlan.TO_DO;
            rows.add(cells("judge", name, "", state, "", "", "", "", "", String.valueOf(unread)));
        }
        boolean read = prepared
                && outlook.named()
                && missing + verdicts == 0
                && runs.stream().noneMatch(Planned::toDo);
        ending(bench, runs, read, rows);
        notes.addAll(0, totals(bench, outlook, expected, open));
        outlook.lengths()
                .ifPresent(lengths -> lengths.tooLong().stream()
                        .limit(3)
                        .forEach(row -> notes.add("WARNING: " + row + "; 'prepare' will refuse")));
        outlook.unknown().forEach(why -> notes.add("not known: " + why));
        return new Plan(new TextTable(HEADER, rows), notes);
    }

    private static boolean prepare(ExperimentContext bench, PlanInputs outlook, List<List<String>> rows)
            throws IOException {
        if (outlook.datasets().isEmpty()) {
            rows.add(cells("prepare", "all sets", "", UNKNOWN));
            return false;
        }
        Map<String, Boolean> kept = outlook.datasets().get().kept(bench.lake());
        kept.forEach((name, there) -> rows.add(cells("prepare", name, "", there ? "done" : TrainPlan.TO_DO)));
        return !kept.containsValue(false);
    }

    private static List<String> row(Planned run, PlanInputs outlook, long open) {
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
                run.time().map(TrainingTimeEstimator.Estimate::by).orElse(""),
                outlook.datasets().isEmpty() ? UNKNOWN : String.valueOf(open));
    }

    private static String unknownIf(Planned run) {
        return run.toDo() && !run.order().base() ? UNKNOWN : "";
    }

    private static void ending(ExperimentContext bench, List<Planned> runs, boolean read, List<List<String>> rows)
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
            ExperimentContext bench, PlanInputs outlook, TaskEstimator expected, Map<String, Long> answers)
            throws IOException {
        List<String> notes = new ArrayList<>();
        Experiment.Data data = bench.experiment().data();
        outlook.datasets()
                .ifPresent(sets -> notes.add("proxy: "
                        + data.proxySize()
                                .told(
                                        sets.rows(data.proxy(), "proxy").size(),
                                        sets.rows(data.task(), "task").size())));
        List<Planned> runs = expected.runs();
        List<Planned> open = runs.stream().filter(Planned::toDo).toList();
        long missing = answers.values().stream().mapToLong(Long::longValue).sum();
        long steps = open.stream().mapToLong(run -> run.steps().orElse(0)).sum();
        long tokens = open.stream()
                .mapToLong(run -> run.work().map(Forecast.Work::tokens).orElse(0L))
                .sum();
        int longest = bench.experiment().decoding().maxTokens();
        notes.add("train: " + open.size() + " of " + runs.size() + " runs to do, "
                + (outlook.datasets().isEmpty() ? UNKNOWN : String.valueOf(steps)) + " steps, "
                + (outlook.lengths().isEmpty() ? UNKNOWN : String.valueOf(tokens)) + " tokens");
        notes.add("generate: "
                + (outlook.datasets().isEmpty()
                        ? UNKNOWN + " answers to come"
                        : missing + " answers to come, of at most " + longest + " tokens each"));
        long slots = Gpus.slots(bench.spark());
        TaskEstimator.Asked asked = new TaskEstimator.Asked(
                GenerateJob.STAGE, bench.experiment().decoding().key(), longest);
        OptionalDouble seconds = expected.makespan(
                order -> expected.asking(
                        asked, order.run().modelHash(), answers.get(order.run().id())),
                slots);
        notes.add("all tasks together: "
                + (seconds.isPresent() ? "about " + ProgressDisplay.time(seconds.getAsDouble()) : "time not known")
                + ", with "
                + slots + " at once");
        notes.addAll(disk(bench, expected, steps, missing, slots));
        return notes;
    }

    private static List<String> disk(
            ExperimentContext bench, TaskEstimator expected, long steps, long missing, long slots) throws IOException {
        TrainPlan training = expected.plan();
        List<Planned> runs = expected.runs();
        Path there = bench.lake().root();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        long free = Files.getFileStore(there).getUsableSpace();
        OptionalLong adapters = training.adapters(runs);
        if (adapters.isEmpty()) {
            return List.of("disk: what is needed is not known, " + ByteSize.binary(free) + " are free");
        }
        Experiment experiment = bench.experiment();
        long tables = DiskEstimate.tables(
                steps,
                missing,
                experiment.decoding().maxTokens(),
                missing * experiment.rubrics().size());
        return new DiskEstimate(adapters.getAsLong(), training.checkpoints(runs, slots), tables).lines(free, there);
    }

    private static List<String> cells(String... given) {
        List<String> cells = new ArrayList<>(List.of(given));
        while (cells.size() < HEADER.size()) {
            cells.add("");
        }
        return cells;
    }
}
