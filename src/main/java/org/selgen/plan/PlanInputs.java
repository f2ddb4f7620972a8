package org.selgen.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Question;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.RunMatrix;
import org.selgen.lm.TokenCounter;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;

/**
 * What of an experiment can be known before anything is done. A model or a file of data that is not here yet leaves a gap,
 * and a sentence that says why.
 *
 * @param rows of the experiment; none if one of them cannot be read
 * @param model shape of the base model; none if it cannot be read
 * @param tokens of the rows; none without rows or tokenizer
 * @param matrix all runs; their ids are those to be only if {@code named}
 * @param named whether model and rows are known, so that ids are
 * @param unknown what is not known, and why
 */
public record PlanInputs(
        Optional<ExperimentRows> rows,
        Optional<DecoderConfig> model,
        Optional<TokenCounts> tokens,
        RunMatrix matrix,
        boolean named,
        List<String> unknown) {
    /**
     * Of rows fresh from their sources.
     *
     * @param counters gives the token counter of a model's folder, asked by these settings
     * @throws BadInput if the experiment names a dataset that there is not
     */
    static PlanInputs fresh(ExperimentContext context, BiFunction<Path, ChatSettings, TokenCounter> counters) {
        return of(
                context,
                counters,
                () -> ExperimentRows.make(context.experiment(), context.catalog(), context.tables()));
    }

    /** The same with the rows as they are prepared. */
    public static PlanInputs prepared(
            ExperimentContext context, BiFunction<Path, ChatSettings, TokenCounter> counters) {
        return of(context, counters, () -> ExperimentRows.prepared(context.experiment(), context.lake()));
    }

    /** All questions; none while they are not known. */
    List<Question> questions() {
        return rows.stream()
                .flatMap(all -> all.questions().values().stream())
                .flatMap(List::stream)
                .toList();
    }

    private static PlanInputs of(
            ExperimentContext context,
            BiFunction<Path, ChatSettings, TokenCounter> counters,
            FallibleSupplier<ExperimentRows> reading) {
        Experiment.Data data = context.experiment().data();
        Stream.of(data.task(), data.proxy(), data.questions())
                .flatMap(List::stream)
                .forEach(context.catalog()::source);
        List<String> unknown = new ArrayList<>();
        Optional<ExperimentRows> rows = known("the rows", unknown, reading);
        Optional<Path> folder = known("the model", unknown, context::model);
        Optional<DecoderConfig> model =
                folder.flatMap(f -> known("its shape", unknown, () -> DecoderConfigJson.read(f)));
        model.ifPresent(context.experiment().lora()::check);
        Optional<TokenCounts> tokens = rows.flatMap(r -> folder.flatMap(f -> known(
                "tokens",
                unknown,
                () -> count(r, counters.apply(f, context.experiment().chat())))));
        RunMatrix.Hashes hashes = rows.map(ExperimentRows::hashes).orElse(new RunMatrix.Hashes("", ""));
        Optional<RunMatrix> matrix =
                folder.isEmpty() ? Optional.empty() : known("ids of runs", unknown, () -> context.matrix(hashes));
        return new PlanInputs(
                rows,
                model,
                tokens,
                matrix.orElseGet(() -> new RunMatrix(context.experiment(), new RunMatrix.Models("", ""), hashes)),
                matrix.isPresent() && rows.isPresent(),
                List.copyOf(unknown));
    }

    private static TokenCounts count(ExperimentRows rows, TokenCounter counter) {
        try (counter) {
            return TokenCounts.of(rows, counter);
        }
    }

    private interface FallibleSupplier<T> {
        T read() throws IOException;
    }

    private static <T> Optional<T> known(String what, List<String> unknown, FallibleSupplier<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (BadInput e) {
            unknown.add(what + ": " + e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
