package org.selgen.stage;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.selgen.cluster.Progress;
import org.selgen.cluster.ProgressPlugin;
import org.selgen.data.Judgement;
import org.selgen.data.Likelihood;
import org.selgen.data.Question;
import org.selgen.data.Stage;
import org.selgen.experiment.Choices;
import org.selgen.experiment.ExperimentContext;
import org.selgen.judge.Likeliest;
import org.selgen.lake.Records;
import org.selgen.stage.results.RegionsPicture;

/** Answers by choice: what generate and judge do besides, where an experiment has {@code choices}. */
public final class ChoiceScoring {
    private ChoiceScoring() {}

    /** Likelihoods of the questions, and of the points of the pictures; none where the experiment has no choices. */
    public static Optional<GenerateStage.AnswerKind<?>> kind(ExperimentContext context, Engine engine)
            throws IOException {
        Choices choices = context.experiment().choices();
        if (choices == null) {
            return Optional.empty();
        }
        Set<Question> asked = new LinkedHashSet<>(context.questions().values());
        asked.addAll(RegionsPicture.questions(context));
        asked.forEach(choices::check);
        return Optional.of(new GenerateStage.AnswerKind<Likelihood>(
                Stage.WEIGH,
                context.lake().likelihoods(),
                choices.key(),
                1,
                1,
                List.copyOf(asked),
                request -> engine.score(request, done -> tell(request, done))));
    }

    /** Tells the driver how many questions have their choices weighed. */
    private static void tell(GenerationRequest request, int done) {
        Heartbeat.stopIfKilled();
        ProgressPlugin.send(new Progress(
                Stage.WEIGH.column(), request.title(), 0, done, request.asked().size(), Double.NaN, 0));
    }

    /** Likelihoods to judgements; gives how many were not judged before. */
    public static int judge(ExperimentContext context) throws IOException {
        if (context.experiment().choices() == null) {
            return 0;
        }
        Map<List<String>, Question> questions = context.questions();
        List<Judgement> judgements = context
                .lake()
                .judgements()
                .missing(context.own(context.lake().likelihoods().rows())
                        .withColumn("rubric", lit(Likeliest.RUBRIC))
                        .withColumn("sample", lit(0)))
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Likelihood.class))
                .map(row -> Likeliest.judgement(questions.get(List.of(row.dataset(), row.question())), row))
                .toList();
        context.lake().judgements().put(judgements);
        return judgements.size();
    }
}
