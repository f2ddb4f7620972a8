package org.selgen.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.experiment.Axes;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.judge.Likeliest;
import org.selgen.lake.Records;
import org.selgen.score.Axis;
import org.selgen.score.Differences;
import org.selgen.score.Judged;
import org.selgen.score.Scores;
import org.selgen.stage.Proximities;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Judgements to scores. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Work out every run's capability and alignment, and the parts they are made of, with 95 %% intervals from a"
                    + " bootstrap over questions. Needs 'judge' first."
        })
public final class ScoreJob implements Callable<Integer> {
    private static final long SEED = 0;

    @Mixin
    private ExperimentOptions conf = new ExperimentOptions();

    @Override
    public Integer call() throws Exception {
        return conf.write(bench -> {
            run(bench);
            return 0;
        });
    }

    public static void run(ExperimentContext bench) throws IOException {
        Experiment experiment = bench.experiment();
        Map<String, Axis> axes = Axes.of(experiment);
        List<Judged> judged = judged(bench);
        List<Score> scores = new ArrayList<>();
        List<Run> runs = bench.finished();
        for (Run run : runs) {
            scores.addAll(Scores.of(experiment.name(), run.id(), judged, axes, SEED));
        }
        scores.addAll(Differences.of(experiment.name(), runs, judged, axes, SEED));
        bench.lake().scores().put(scores);
        Proximities.put(bench);
        bench.say("score: " + scores.size() + " scores of " + runs.size() + " runs");
    }

    private static List<Judged> judged(ExperimentContext bench) throws IOException {
        Map<List<String>, Question> questions = bench.questions();
        List<String> rubrics = new ArrayList<>();
        for (String name : bench.experiment().rubrics()) {
            rubrics.add(bench.graders().rubric(name));
        }
        rubrics.add(Likeliest.RUBRIC);
        return bench
                .ofExperiment(bench.lake().judgements().rows())
                .where(col("rubric").isin(rubrics.toArray()))
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Judgement.class))
                .map(judgement ->
                        Judged.of(questions.get(List.of(judgement.dataset(), judgement.question())), judgement))
                .toList();
    }
}
