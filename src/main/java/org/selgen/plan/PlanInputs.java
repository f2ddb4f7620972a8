package org.selgen.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.RunMatrix;
import org.selgen.experiment.RunSpec;
import org.selgen.lm.DecoderConfig;
import org.selgen.lm.DecoderConfigJson;
import org.selgen.lm.TokenCounter;

/**
 * What of an experiment can be known before anything is done. A model or a file of data that is not here yet leaves a gap,
 * and a sentence that says why.
 *
 * @param datasets the rows; none if one of them cannot be read
 * @param model shape of the base model; none if it cannot be read
 * @param lengths tokens of the rows; none without rows or tokenizer
 * @param orders all runs; their ids are those to be only if {@code named}
 * @param named whether model and rows are known, so that ids are
 * @param unknown what is not known, and why
 */
record PlanInputs(
        Optional<ExperimentRows> datasets,
        Optional<DecoderConfig> model,
        Optional<TokenCounts> lengths,
        List<RunSpec> orders,
        boolean named,
        List<String> unknown) {

    /** @throws BadInput if the experiment names a dataset that there is not */
    static PlanInputs of(ExperimentContext bench) throws IOException {
        return of(bench, () -> ExperimentRows.of(bench));
    }

    /** The same with the rows as they are prepared. */
    static PlanInputs prepared(ExperimentContext bench) throws IOException {
        return of(bench, () -> ExperimentRows.prepared(bench));
    }

    private static PlanInputs of(ExperimentContext bench, Reading<ExperimentRows> rows) throws IOException {
        Experiment.Data data = bench.experiment().data();
        Stream.of(data.task(), data.proxy(), data.questions())
                .flatMap(List::stream)
                .forEach(bench::source);
        List<String> unknown = new ArrayList<>();
        Optional<ExperimentRows> datasets = known("the rows", unknown, rows);
        Optional<Path> folder = known("the model", unknown, bench::model);
        Optional<DecoderConfig> model =
                folder.flatMap(f -> known("its shape", unknown, () -> DecoderConfigJson.read(f)));
        Optional<TokenCounts> lengths =
                datasets.flatMap(d -> folder.flatMap(f -> known("tokens", unknown, () -> lengths(bench, d, f))));
        RunMatrix.Hashes hash = datasets.map(d -> d.hash(data.proxySize())).orElse(new RunMatrix.Hashes("", ""));
        Optional<List<RunSpec>> orders =
                folder.isEmpty() ? Optional.empty() : known("ids of runs", unknown, () -> bench.orders(hash));
        List<RunSpec> all = orders.isPresent()
                ? orders.get()
                : RunSpec.of(bench.experiment(), bench.yaml(), new RunMatrix.Models("", ""), hash);
        return new PlanInputs(
                datasets, model, lengths, all, orders.isPresent() && datasets.isPresent(), List.copyOf(unknown));
    }

    private static TokenCounts lengths(ExperimentContext bench, ExperimentRows datasets, Path model) {
        try (TokenCounter ruler = bench.engine().ruler(model)) {
            return TokenCounts.of(bench.experiment(), datasets, ruler);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> Optional<T> known(String what, List<String> unknown, Reading<T> reading) {
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
