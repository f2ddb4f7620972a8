package org.selgen.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.selgen.experiment.conf.Binder;
import org.selgen.experiment.conf.Yaml;
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
    /**
     * Reads what a folder of conf files says.
     *
     * @param models the folder of the lake's models
     */
    static Catalog read(Path conf, Path models) throws IOException {
        ModelLocator locator = ModelLocator.beside(conf, models);
        return new Catalog(
                Yaml.readMap(conf.resolve("datasets.yaml"), Source.class),
                ConfiguredJudges.read(conf, locator),
                locator);
    }

    /**
     * The source of a dataset.
     *
     * @throws org.selgen.data.BadInput if there is none of the name, naming the nearest
     */
    public Source source(String dataset) {
        Source source = datasets.get(dataset);
        if (source == null) {
            throw Binder.unknown("datasets.yaml", "dataset", dataset, List.copyOf(datasets.keySet()));
        }
        return source;
    }
}
