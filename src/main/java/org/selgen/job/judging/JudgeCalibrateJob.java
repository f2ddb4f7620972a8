package org.selgen.job.judging;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.stage.judging.JudgeCalibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How far a judge agrees with people, and with another judge. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Have a judge read answers that people have labelled, and say how far they agree: share, Cohen's kappa, table, and"
                    + " reliability of numbers, each with a 95 %% interval.",
            "The file is as for 'judge --input', with the field label: one of the judge's words, or a number from 0 to 100."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen judge calibrate --input conf/gold/confirmation.jsonl --rubric confirmation",
            "  selgen judge calibrate --input labels.jsonl --key sample.key.jsonl --rubric confirmation"
        })
final class JudgeCalibrateJob implements Callable<Integer> {
    @Mixin
    private JudgedFile file = new JudgedFile();

    @Option(names = "--against", paramLabel = "NAME", description = "Another judge, to compare the two.")
    private @Nullable String against;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The key of a sample: verdicts and weights come from it.")
    private @Nullable Path key;

    @Option(names = "--keep", paramLabel = "FILE", description = "Keep the result there, as conf/calibrations.jsonl.")
    private @Nullable Path keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        new JudgeCalibration(file.input(), file.rubric(), against, file.judges(), key, keep)
                .run(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
