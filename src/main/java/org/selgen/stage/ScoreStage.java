package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.experiment.Axes;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.RunSpec;
import org.selgen.judge.Likeliest;
import org.selgen.lake.Records;
import org.selgen.score.Axis;
import org.selgen.score.Differences;
import org.selgen.score.Judged;
import org.selgen.score.Scores;

/** Judgements to scores. */
final class ScoreStage {
    private final ExperimentContext context;
    private final Consumer<String> out;

    /** @param out is given lines that say what was done */
    ScoreStage(ExperimentContext context, Consumer<String> out) {
        this.context = context;
        this.out = out;
    }

    void run() throws IOException {
        Experiment experiment = context.experiment();
        ExperimentRows.prepared(experiment, context.lake()).checkHeldOut();
        Map<String, Axis> axes = Axes.of(experiment);
        List<Judged> judged = new ArrayList<>(judged());
        judged.addAll(ended());
        List<Run> runs = answered(judged);
        List<Score> scores = new ArrayList<>(Scores.of(experiment.name(), runs, judged, axes));
        scores.addAll(Differences.of(experiment.name(), runs, judged, axes));
        context.lake().scores().put(scores);
        new ProxyDistances(experiment, context.lake()).put(context.questions().values());
        out.accept("score: " + scores.size() + " scores of " + runs.size() + " runs");
    }

    /** Finished runs, but those of which there is no answer while there are some of others: they are asked again the next time. */
    private List<Run> answered(List<Judged> judged) throws IOException {
        Set<String> known = judged.stream().map(Judged::run).collect(Collectors.toSet());
        List<Run> runs = context.finished();
        if (known.isEmpty()) {
            return runs;
        }
        runs.stream()
                .filter(run -> !known.contains(run.id()))
                .forEach(run -> out.accept("score: " + RunSpec.title(run) + " has no answers and no scores"));
        return runs.stream().filter(run -> known.contains(run.id())).toList();
    }

    private List<Judged> judged() throws IOException {
        Map<List<String>, Question> questions = context.questions();
        List<String> rubrics = new ArrayList<>();
        for (String name : context.experiment().rubrics()) {
            rubrics.add(context.catalog().judges().rubric(name));
        }
        rubrics.add(Likeliest.RUBRIC);
        return context
                .own(context.lake().judgements().rows())
                .where(col("rubric").isin(rubrics.toArray()))
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Judgement.class))
                .map(judgement ->
                        Judged.of(questions.get(List.of(judgement.dataset(), judgement.question())), judgement))
                .toList();
    }

    /** How each answer ended; its text stays where it is. */
    private List<Judged> ended() throws IOException {
        Map<List<String>, Question> questions = context.questions();
        return context
                .own(context.lake().generations().rows())
                .select("run", "dataset", "question", "sample", "finish")
                .collectAsList()
                .stream()
                .map(row -> Judged.ended(
                        questions.get(List.of(row.getString(1), row.getString(2))),
                        row.getString(0),
                        row.getInt(3),
                        row.getString(4)))
                .toList();
    }
}
