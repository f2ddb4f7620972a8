package org.selgen.job;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.stage.FileJudging;
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
    private ExperimentOptions options = new ExperimentOptions();

    @ArgGroup(exclusive = false, heading = "Your own answers, instead of an experiment's:%n")
    private @Nullable Own own;

    static final class Own {
        @Option(names = "--input", required = true, paramLabel = "FILE", description = "JSONL with your answers.")
        private Path input = Path.of("");

        @Option(
                names = "--rubric",
                required = true,
                paramLabel = "NAME",
                description = "confirmation, maths, recklessness, degenerate, or a model of the judges' file.")
        private String rubric = "";

        @Option(
                names = "--judges",
                paramLabel = "FILE",
                defaultValue = "conf/judges.yaml",
                description = "The models that judge; their rubrics lie beside it (default: ${DEFAULT-VALUE}).")
        private Path judges = Path.of("conf/judges.yaml");

        @Option(names = "--output", required = true, paramLabel = "FILE", description = "JSONL to write.")
        private Path output = Path.of("");
    }

    @Override
    public Integer call() throws Exception {
        if (own == null) {
            return options.write(stages -> {
                stages.judge();
                return 0;
            });
        }
        new FileJudging(own.input, own.rubric, own.judges, own.output)
                .run()
                .forEach((verdict, count) -> options.out().println(verdict + " " + count));
        options.out().flush();
        return 0;
    }
}
