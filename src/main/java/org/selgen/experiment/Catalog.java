package org.selgen.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
     * The source of a dataset.
     *
     * @throws org.selgen.data.BadInput if there is none of the name, naming the nearest
     */
    public Source source(String dataset) {
        Source source = datasets.get(dataset);
        if (source == null) {
            throw Binder.unknown(DATASETS, "dataset", dataset, List.copyOf(datasets.keySet()));
        }
        return source;
    }
}
