package org.selgen.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Question;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.RunMatrix;
import org.selgen.lm.TokenCounter;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;

/**
 * What of an experiment can be known before anything is done. A model that is still to be fetched leaves a gap, and a
 * sentence that says so.
 *
 * @param rows of the experiment
 * @param model shape of the base model; none while its configuration is not here
 * @param tokens of the rows; none while the model's tokenizer is not here
 * @param matrix all runs; their ids are those to be only if {@code named}
 * @param named whether the model is here, so that ids are known
 * @param unknown what is not known, and why
 */
public record PlanInputs(
        ExperimentRows rows,
        Optional<DecoderConfig> model,
        Optional<TokenCounts> tokens,
        RunMatrix matrix,
        boolean named,
        List<String> unknown) {
    /**
     * Of rows fresh from their sources.
     *
     * @param counters gives the token counter of a model's folder, asked by these settings
     * @throws BadInput if a row cannot be read, or there is no such model and none to fetch
     */
    public static PlanInputs fresh(ExperimentContext context, BiFunction<Path, ChatSettings, TokenCounter> counters)
            throws IOException {
        return of(
                context,
                counters,
                ExperimentRows.make(context.experiment(), context.catalog(), context.tables()),
                context.modelHere());
    }

    /** The same with the rows as they are prepared, and the model fetched. */
    public static PlanInputs prepared(ExperimentContext context, BiFunction<Path, ChatSettings, TokenCounter> counters)
            throws IOException {
        return of(
                context,
                counters,
                ExperimentRows.prepared(context.experiment(), context.lake()),
                Optional.of(context.model()));
    }

    /** All questions. */
    List<Question> questions() {
        return rows.questions().values().stream().flatMap(List::stream).toList();
    }

    private static PlanInputs of(
            ExperimentContext context,
            BiFunction<Path, ChatSettings, TokenCounter> counters,
            ExperimentRows rows,
            Optional<Path> folder)
            throws IOException {
        List<String> unknown = new ArrayList<>();
        Optional<Path> described = folder.isPresent() ? folder : context.modelDescribed();
        if (folder.isEmpty()) {
            String name = context.experiment().model();
            unknown.add("the model '" + name + "' is not here yet; 'run' fetches it from the Hub"
                    + (described.isPresent()
                            ? ""
                            : ", 'selgen model fetch " + name + " --no-weights' what a plan needs of it"));
        }
        return new PlanInputs(
                rows,
                described.flatMap(f -> shape(f, unknown)),
                described.map(
                        f -> count(rows, counters.apply(f, context.experiment().chat()))),
                folder.isPresent()
                        ? context.matrix(rows.hashes())
                        : new RunMatrix(context.experiment(), RunMatrix.Models.UNKNOWN, rows.hashes()),
                folder.isPresent(),
                List.copyOf(unknown));
    }

    private static TokenCounts count(ExperimentRows rows, TokenCounter counter) {
        try (counter) {
            return TokenCounts.of(rows, counter);
        }
    }

    /** An estimate is not worth a run: an engine may know a model that we do not. */
    private static Optional<DecoderConfig> shape(Path folder, List<String> unknown) {
        try {
            return Optional.of(DecoderConfigJson.read(folder));
        } catch (BadInput e) {
            unknown.add("the model's shape: " + e.getMessage());
            return Optional.empty();
        }
    }
}
