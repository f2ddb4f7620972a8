package org.selgen.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.experiment.conf.Binder;
import org.selgen.hub.ModelLocator;
import org.selgen.source.Source;

/**
 * What the names in an experiment's file mean.
 *
 * @param datasets the sources by name
 * @param judges the judges by name
 * @param models finds base models
 */
public record Catalog(Map<String, Source> datasets, ConfiguredJudges judges, ModelLocator models) {
    private static final String DATASETS = "datasets.yaml";

    /**
     * Reads what the conf files say.
     *
     * @param conf where they are
     * @param models the folder of the lake's models
     */
    static Catalog read(ConfFolders conf, Path models) throws IOException {
        ModelLocator locator = ModelLocator.beside(conf.folders().get(0), models);
        return new Catalog(conf.named(DATASETS, Source.class), ConfiguredJudges.read(conf, locator), locator);
    }

    /**
     * Refuses names that are no datasets.
     *
     * @param where they were given
     * @throws org.selgen.data.BadInput naming the nearest
     */
    void known(String where, List<String> names) {
        for (String dataset : names) {
            if (!datasets.containsKey(dataset)) {
                throw Binder.unknown(where, "dataset of " + DATASETS, dataset, List.copyOf(datasets.keySet()));
            }
        }
    }

    /**
     * Names of the datasets that ship and whose training rows fit, for who needs others.
     *
     * @param fit is false of no rows
     */
    static List<String> shipped(Predicate<List<Example>> fit) {
        Map<String, Source> shipped;
        try {
            shipped = ConfFolders.shipped().named(DATASETS, Source.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shipped.keySet().stream()
                .filter(name -> fit.test(rows(name, Objects.requireNonNull(shipped.get(name)))))
                .toList();
    }

    private static List<Example> rows(String name, Source source) {
        try {
            return source.examples(name, SetName.PROXY);
        } catch (BadInput e) { // it has questions alone
            return List.of();
        }
    }

    /**
     * The source of a dataset.
     *
     * @throws org.selgen.data.BadInput if there is none of the name, naming the nearest
     */
    public Source source(String dataset) {
        known(DATASETS, List.of(dataset));
        return Objects.requireNonNull(datasets.get(dataset));
    }
}
