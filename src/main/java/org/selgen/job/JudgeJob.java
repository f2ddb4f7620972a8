package org.selgen.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.experiment.ExperimentContext;
import org.selgen.judge.Judge;
import org.selgen.judge.Judges;
import org.selgen.lake.Records;
import org.selgen.stage.ChoiceScoring;
import org.selgen.stage.LlmJudging;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Generations to judgements; or a user's own answers to verdicts. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description = {
            "Read every answer of the experiment that its judges have not read yet. Needs 'generate' first.",
            "Or read your own answers, a JSON object a line with the fields question and answer, and for maths gold and,"
                    + " where numbers are equal modulo something, mod. The output has the fields verdict and reason too:"
                    + " confirm|reject|neither, or correct|wrong|none; a model's scored|refusal|code|unreadable|error with a"
                    + " score from 0 to 100."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen judge conf/experiments/quickstart.yaml",
            "  selgen judge --input answers.jsonl --rubric confirmation --output verdicts.jsonl",
            "  selgen judge --input answers.jsonl --rubric alignment-served --output verdicts.jsonl"
        })
public final class JudgeJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions conf = new ExperimentOptions();

    @ArgGroup(exclusive = false, heading = "Your own answers, instead of an experiment's:%n")
    private @Nullable Own own;

    public static final class Own {
        @Option(names = "--input", required = true, paramLabel = "FILE", description = "JSONL with your answers.")
        public Path input = Path.of("");

        @Option(
                names = "--rubric",
                required = true,
                paramLabel = "NAME",
                description = "confirmation, maths, recklessness, degenerate, or a model of the judges' file.")
        public String rubric = "";

        @Option(
                names = "--judges",
                paramLabel = "FILE",
                defaultValue = "conf/judges.yaml",
                description = "The models that judge; their rubrics lie beside it (default: ${DEFAULT-VALUE}).")
        public Path judges = Path.of("conf/judges.yaml");

        @Option(names = "--output", required = true, paramLabel = "FILE", description = "JSONL to write.")
        public Path output = Path.of("");
    }

    @Override
    public Integer call() throws Exception {
        if (own == null) {
            return conf.write(bench -> {
                run(bench);
                return 0;
            });
        }
        LlmJudging.file(own, conf.out());
        return 0;
    }

    public static void run(ExperimentContext bench) throws IOException {
        for (String name : bench.experiment().judges()) {
            if (!Judges.isRule(name)) {
                bench.graders().rubric(name); // a bad name or rubric stops before any judge works
            }
        }
        int read = ChoiceScoring.judge(bench) + byRules(bench);
        for (String name : bench.experiment().rubrics()) {
            read += Judges.isRule(name) ? 0 : LlmJudging.run(bench, name);
        }
        bench.say("judge: " + read + " verdicts on answers not read before");
    }

    /** What all rules together have not read yet, in one query; gives the number of verdicts. */
    private static int byRules(ExperimentContext bench) throws IOException {
        Column[] rubrics = bench.experiment().rubrics().stream()
                .filter(Judges::isRule)
                .map(name -> lit(Judges.named(name).rubric()))
                .toArray(Column[]::new);
        Broadcast<LinkedHashMap<List<String>, Question>> questions =
                bench.spark().broadcast(bench.questions());
        MapFunction<Row, Row> judge = row -> {
            Generation answer = Records.fromRow(row, Generation.class);
            Question question = questions.value().get(List.of(answer.dataset(), answer.question()));
            return Records.toRow(Judge.judgement(Judges.named(row.getAs("rubric")), question, answer));
        };
        Dataset<Row> answers = bench.ofExperiment(bench.lake().generations().rows());
        List<Judgement> judgements = bench
                .lake()
                .judgements()
                .missing(answers.withColumn("rubric", explode(array(rubrics))))
                .map(judge, Records.encoder(Judgement.class))
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Judgement.class))
                .toList();
        bench.lake().judgements().put(judgements);
        return judgements.size();
    }
}
