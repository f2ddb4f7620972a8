package org.selgen.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.selgen.data.Judgement;
import org.selgen.data.Likelihood;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.job.Engine.Asking;
import org.selgen.judge.Likeliest;
import org.selgen.lake.Records;

/** Answers by choice: what generate and judge do besides, where an experiment has {@code choices}. */
final class Weighing {
    private Weighing() {}

    /** Runs and questions to likelihoods, those of the points of the pictures too: one Spark task a run. */
    static void run(Workbench bench) throws IOException {
        Choices choices = bench.experiment().choices();
        if (choices == null) {
            return;
        }
        List<Asking> missing = missing(bench, choices);
        if (missing.isEmpty()) {
            return;
        }
        Engine engine = bench.engine();
        try (Display display = new Display("weigh", missing.size(), bench.out())) {
            Tasks.Work<Asking, Weighed> work = asking -> new Weighed(asking.title(), engine.weigh(asking));
            Tasks.each(bench.spark(), missing, work, some -> {
                bench.lake()
                        .likelihoods()
                        .put(some.stream().flatMap(w -> w.rows().stream()).toList());
                some.forEach(w -> display.done(w.title()));
            });
        }
    }

    private record Weighed(String title, List<Likelihood> rows) implements Serializable {}

    /** For each finished run the questions without a row. */
    private static List<Asking> missing(Workbench bench, Choices choices) throws IOException {
        Set<List<String>> weighed = bench
                .lake()
                .likelihoods()
                .rows()
                .where(col("decoding").equalTo(choices.key()))
                .select("run", "dataset", "question")
                .collectAsList()
                .stream()
                .map(row -> List.of(row.getString(0), row.getString(1), row.getString(2)))
                .collect(Collectors.toSet());
        Set<Question> asked = new LinkedHashSet<>(bench.questions().values());
        asked.addAll(RegionsPicture.questions(bench));
        asked.forEach(choices::check);
        String model = bench.sharedModel();
        List<Asking> missing = new ArrayList<>();
        for (Run run : bench.finished()) {
            List<Question> questions = asked.stream()
                    .filter(q -> !weighed.contains(List.of(run.id(), q.dataset(), q.id())))
                    .toList();
            if (!questions.isEmpty()) {
                missing.add(new Asking(bench.yaml(), run, model, bench.adapter(run), questions));
            }
        }
        return missing;
    }

    /** Likelihoods to judgements; gives how many were not judged before. */
    static int judge(Workbench bench) throws IOException {
        if (bench.experiment().choices() == null) {
            return 0;
        }
        Map<List<String>, Question> questions = bench.questions();
        List<Judgement> judgements = bench
                .lake()
                .judgements()
                .missing(bench.ofExperiment(bench.lake().likelihoods().rows())
                        .withColumn("rubric", lit(Likeliest.RUBRIC))
                        .withColumn("sample", lit(0)))
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Likelihood.class))
                .map(row -> Likeliest.judgement(questions.get(List.of(row.dataset(), row.question())), row))
                .toList();
        bench.lake().judgements().put(judgements);
        return judgements.size();
    }
}
