package org.selgen.job.judging;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.job.ExperimentOptions;
import org.selgen.job.LockOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Generations to judgements; or a user's own answers to verdicts. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        subcommands = {JudgeCalibrateJob.class, JudgeSampleJob.class},
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
            "  selgen judge --input answers.jsonl --rubric toy-served --output verdicts.jsonl",
            "  selgen judge calibrate --input conf/gold/confirmation.jsonl --rubric confirmation"
        })
public final class JudgeJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @ArgGroup(exclusive = false, heading = "Your own answers, instead of an experiment's:%n")
    private @Nullable AnswersFile answers;

    @Override
    public Integer call() throws Exception {
        if (answers != null) {
            answers.judge(options.out());
            return 0;
        }
        return options.write(wait, stages -> stages.judge() > 0 ? 1 : 0);
    }
}
