package org.selgen.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.lm.DecoderConfig;
import org.selgen.lm.Ruler;

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
record Outlook(
        Optional<Datasets> datasets,
        Optional<DecoderConfig> model,
        Optional<Lengths> lengths,
        List<Order> orders,
        boolean named,
        List<String> unknown) {

    /** @throws BadInput if the experiment names a dataset that there is not */
    static Outlook of(Workbench bench) throws IOException {
        return of(bench, () -> Datasets.of(bench));
    }

    /** The same with the rows as they are prepared. */
    static Outlook prepared(Workbench bench) throws IOException {
        return of(bench, () -> Datasets.prepared(bench));
    }

    private static Outlook of(Workbench bench, Reading<Datasets> rows) throws IOException {
        Experiment.Data data = bench.experiment().data();
        Stream.of(data.task(), data.proxy(), data.questions())
                .flatMap(List::stream)
                .forEach(bench::source);
        List<String> unknown = new ArrayList<>();
        Optional<Datasets> datasets = known("the rows", unknown, rows);
        Optional<Path> folder = known("the model", unknown, bench::model);
        Optional<DecoderConfig> model = folder.flatMap(f -> known("its shape", unknown, () -> DecoderConfig.read(f)));
        Optional<Lengths> lengths =
                datasets.flatMap(d -> folder.flatMap(f -> known("tokens", unknown, () -> lengths(bench, d, f))));
        Orders.Hashes hash = datasets.map(d -> d.hash(data.proxySize())).orElse(new Orders.Hashes("", ""));
        Optional<List<Order>> orders =
                folder.isEmpty() ? Optional.empty() : known("ids of runs", unknown, () -> bench.orders(hash));
        List<Order> all = orders.isPresent()
                ? orders.get()
                : Order.of(bench.experiment(), bench.yaml(), new Orders.Models("", ""), hash);
        return new Outlook(
                datasets, model, lengths, all, orders.isPresent() && datasets.isPresent(), List.copyOf(unknown));
    }

    private static Lengths lengths(Workbench bench, Datasets datasets, Path model) {
        try (Ruler ruler = bench.engine().ruler(model)) {
            return Lengths.of(bench.experiment(), datasets, ruler);
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
