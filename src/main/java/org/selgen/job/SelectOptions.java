package org.selgen.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Variant;
import org.selgen.experiment.SelectRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which answers select rows, what the rows are, and where they go. */
final class SelectOptions {
    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "Whose answers: a run's id, or its beginning (default: the base model).")
    private String run = "";

    @Option(names = "--judge", required = true, paramLabel = "NAME", description = "One of the experiment's judges.")
    private String judge = "";

    @ArgGroup(multiplicity = "1")
    private Right right = new Right();

    /** One of the two. */
    private static final class Right {
        @Option(names = "--verdict", paramLabel = "WORD", description = "The verdict that counts as right, as correct.")
        private String verdict = "";

        @Option(names = "--score", paramLabel = "N", description = "Or the least score that does.")
        private @Nullable Double score;
    }

    @Option(
            names = "--least",
            paramLabel = "K",
            defaultValue = "1",
            description = "Right answers that a question needs, of decoding.samples (default: ${DEFAULT-VALUE}).")
    private int least;

    @Option(
            names = "--forms",
            split = ",",
            paramLabel = "FORM",
            description = "Look at these questions alone: some of ask, right, wrong, chat (default: all).")
    private List<Variant> forms = new ArrayList<>();

    @Option(
            names = "--rows",
            defaultValue = "question",
            description =
                    "question: it with the dataset's answer; group: all its forms with the dataset's answers; own: it"
                            + " with each different right answer of the model itself (default: ${DEFAULT-VALUE}).")
    private SelectRequest.Rows rows = SelectRequest.Rows.QUESTION;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "JSONL to write.")
    private Path output = Path.of("");

    SelectRequest request() {
        OptionalDouble score = right.score == null ? OptionalDouble.empty() : OptionalDouble.of(right.score);
        return new SelectRequest(run, judge, right.verdict, score, least, forms, rows);
    }

    Path output() {
        return output;
    }
}
