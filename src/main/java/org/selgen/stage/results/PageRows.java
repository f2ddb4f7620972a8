package org.selgen.stage.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.data.JudgeCalls;
import org.selgen.data.Leak;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.data.TaskTime;
import org.selgen.experiment.ConfiguredJudges;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.file.ProjectFolder;
import org.selgen.file.SourceCommit;
import org.selgen.report.JudgeTable;
import org.selgen.report.NotedTable;
import org.selgen.report.page.PageInput;
import org.selgen.report.page.PageTable;
import org.selgen.report.page.WorkTables;
import org.selgen.tensor.Cuda;

/** What the page says of an experiment beside its scores, as the lake has it. */
final class PageRows {
    private final ExperimentContext context;
    private final List<Run> runs;

    PageRows(ExperimentContext context, List<Run> runs) {
        this.context = context;
        this.runs = runs;
    }

    /** What was run, in the order to read it. */
    Map<String, String> facts() throws IOException {
        Experiment experiment = context.experiment();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", experiment.model());
        facts.put("base model", joined(runs.stream().map(Run::model)));
        facts.put("revision", joined(runs.stream().flatMap(run -> Stream.ofNullable(run.revision()))));
        facts.put("task data", String.join(", ", experiment.data().task()));
        facts.put("proxy data", String.join(", ", experiment.data().proxy()));
        facts.put("questions", String.join(", ", experiment.data().questionSets()));
        facts.put("seeds", experiment.seeds().toString());
        facts.put("optimizer", experiment.training().optimizer().described());
        facts.put("schedule", experiment.training().rate());
        facts.put("decoding", experiment.answerKey());
        facts.put("judges", judges());
        facts.put(
                "own metrics",
                experiment.metrics().entrySet().stream()
                        .map(own -> own.getKey() + ": " + own.getValue().words())
                        .collect(Collectors.joining("; ")));
        facts.put("device", joined(runs.stream().map(Run::device)));
        facts.put("selgen", version());
        facts.put("made with", software());
        facts.put("recipe", "weights " + Recipe.WEIGHTS + ", answers " + Recipe.ANSWERS);
        facts.values().removeIf(String::isBlank);
        return facts;
    }

    private String judges() throws IOException {
        List<String> rubrics = new ArrayList<>();
        for (String name : context.experiment().rubrics()) {
            rubrics.add(context.catalog().judges().rubric(name));
        }
        return String.join(", ", rubrics);
    }

    private static String joined(Stream<String> values) {
        return values.filter(value -> !value.isBlank()).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static String version() throws IOException {
        String version = Optional.ofNullable(PageRows.class.getPackage().getImplementationVersion())
                .orElse("built from its sources");
        return version
                + SourceCommit.of(ProjectFolder.of(""))
                        .map(commit -> ", commit " + commit)
                        .orElse("");
    }

    /** What makes the scores and this page; each run says on what machine it was trained. */
    private static String software() {
        return "Java " + Runtime.version() + ", Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION() + ", Delta "
                + io.delta.package$.MODULE$.VERSION() + ", PyTorch " + Cuda.version();
    }

    /** As the page has it. */
    static PageTable of(NotedTable table) {
        return new PageTable(table.title(), table.note(), table.columns(), table.rows());
    }

    /** Judges, rows, questions, time and leaks. */
    List<PageTable> tables(JudgeTable judges) throws IOException {
        Set<String> ids = runs.stream().map(Run::id).collect(Collectors.toSet());
        List<TaskTime> tasks = context.lake().tasks().read(task -> ids.contains(task.run()));
        List<PageTable> tables = new ArrayList<>();
        tables.add(new PageTable("Judges", String.join(". ", judges.notes()), judges.columns(), judges.rows()));
        Map<String, List<JudgeCalls>> calls = calls();
        if (!calls.isEmpty()) {
            tables.add(WorkTables.calls(calls));
        }
        tables.add(training());
        tables.add(WorkTables.questions(context.questions().values()));
        tables.add(WorkTables.time(tasks, runs.stream().collect(Collectors.toMap(Run::id, Run::tokens))));
        tables.add(WorkTables.leaks(leaks()));
        return tables;
    }

    /** Of each judge that is a model. */
    private Map<String, List<JudgeCalls>> calls() throws IOException {
        ConfiguredJudges judges = context.catalog().judges();
        Map<String, List<JudgeCalls>> calls = new LinkedHashMap<>();
        for (String name : context.experiment().rubrics()) {
            if (judges.rule(name).isEmpty()) {
                calls.put(judges.rubric(name), new ArrayList<>());
            }
        }
        context.lake()
                .calls()
                .read(row -> row.experiment().equals(context.experiment().name()) && calls.containsKey(row.rubric()))
                .forEach(row -> calls.get(row.rubric()).add(row));
        return calls;
    }

    /** Of trainings, those that a page shows. */
    List<StepMetrics> steps() {
        Map<String, Run> byId = runs.stream().collect(Collectors.toMap(Run::id, run -> run));
        return context
                .lake()
                .steps()
                .read(step -> byId.containsKey(step.run()) && PageInput.shows(byId.get(step.run()), step.step()))
                .stream()
                .sorted(Comparator.comparing(StepMetrics::run).thenComparingInt(StepMetrics::step))
                .toList();
    }

    private PageTable training() throws IOException {
        Map<String, Integer> rows = new LinkedHashMap<>();
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String set : sets()) {
            rows.put(set, context.lake().examples().read(set).size());
            hashes.put(set, context.lake().examples().hash(set).orElse(""));
        }
        return WorkTables.training(rows, hashes);
    }

    private List<String> sets() {
        Experiment experiment = context.experiment();
        return Stream.concat(experiment.trainingSets().stream(), experiment.startSets().stream())
                .distinct()
                .toList();
    }

    private List<Leak> leaks() {
        Set<String> ours = new TreeSet<>(sets());
        ours.addAll(context.experiment().data().questionSets());
        return context.lake().leaks().read(leak -> ours.contains(leak.left()) && ours.contains(leak.right()));
    }
}
