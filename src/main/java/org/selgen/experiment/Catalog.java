package org.selgen.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * The source of a dataset.
     *
     * @throws org.selgen.data.BadInput if there is none of the name, naming the nearest
     */
    public Source source(String dataset) {
        known(DATASETS, List.of(dataset));
        return Objects.requireNonNull(datasets.get(dataset));
    }
}
