package org.selgen.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.selgen.data.Generation;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.job.Engine.Asking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs and questions to generations: one Spark task a run. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Ask every run of the experiment, the base model too, the questions it has not answered yet. Where the experiment"
                    + " has choices, also keep how likely each of its words is.",
            "Needs 'prepare' and 'train' first."
        })
public final class GenerateJob implements Callable<Integer> {
    @Mixin
    private Conf conf = new Conf();

    @Mixin
    private Part part = new Part();

    @Override
    public Integer call() throws Exception {
        return conf.write(bench -> {
            run(part.of(bench));
            return 0;
        });
    }

    static void run(Workbench bench) throws IOException {
        List<Asking> missing = missing(bench);
        if (missing.isEmpty()) {
            bench.say("generate: nothing is missing");
        } else {
            answer(bench, missing);
        }
        Weighing.run(bench);
    }

    private static void answer(Workbench bench, List<Asking> missing) {
        Engine engine = bench.engine();
        try (Display display = new Display("generate", missing.size(), bench.out())) {
            Tasks.Work<Asking, Answers> work =
                    asking -> new Answers(asking.title(), engine.generate(asking, new Counted(asking)));
            Tasks.each(bench.spark(), missing, work, some -> {
                bench.lake()
                        .generations()
                        .put(some.stream()
                                .flatMap(answers -> answers.rows().stream())
                                .toList());
                some.forEach(answers -> display.done(answers.title()));
            });
        }
    }

    /** For each finished run the questions without all of their answers. */
    static List<Asking> missing(Workbench bench) throws IOException {
        String decoding = bench.experiment().decoding().key();
        int samples = bench.experiment().decoding().samples();
        Set<List<String>> answered = bench
                .lake()
                .generations()
                .rows()
                .where(col("decoding").equalTo(decoding))
                .groupBy("run", "dataset", "question")
                .count()
                .where(col("count").geq(samples))
                .collectAsList()
                .stream()
                .map(row -> List.of(row.getString(0), row.getString(1), row.getString(2)))
                .collect(Collectors.toSet());
        List<Question> asked = List.copyOf(bench.questions().values());
        String model = bench.sharedModel();
        List<Asking> missing = new ArrayList<>();
        for (Run run : bench.finished()) {
            List<Question> questions = asked.stream()
                    .filter(q -> !answered.contains(List.of(run.id(), q.dataset(), q.id())))
                    .toList();
            if (!questions.isEmpty()) {
                missing.add(new Asking(bench.yaml(), run, model, bench.adapter(run), questions));
            }
        }
        return missing;
    }

    private record Answers(String title, List<Generation> rows) implements Serializable {}
}
