package org.selgen.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.LakeFolder;
import org.selgen.lm.Adapter;
import org.selgen.lm.LanguageModel;
import org.selgen.tensor.DType;
import picocli.CommandLine.Option;

/** The model that a verb reads without Spark. */
public final class ModelOptions {
    @Option(
            names = "--lake",
            paramLabel = "DIR",
            converter = LocalLake.class,
            defaultValue = "data-lake",
            description = "Folder of models and adapters (default: ${DEFAULT-VALUE}).")
    private Path lake = Path.of("data-lake");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description =
                    "Base model: a folder of the lake's models, a path, or org/name on the Hub (default: ${DEFAULT-VALUE}).")
    private String name = "tiny";

    private LakeFolder lake() {
        return new LakeFolder(lake);
    }

    /** Its folder. */
    Path folder() {
        return ModelLocator.inProject(lake().models()).find(name);
    }

    LanguageModel open() {
        return LanguageModel.open(folder(), DType.F32);
    }

    /** Folder of a run's adapter, by the run's id or its beginning. */
    Path adapter(String run) throws IOException {
        return lake().adapter(run);
    }

    /** Folders of the adapters of all runs. */
    List<Path> adapters() throws IOException {
        return lake().adapters();
    }

    /** The adapter of a run. */
    Adapter adapter(String run, LanguageModel base) throws IOException {
        return Adapter.read(adapter(run), base.decoder().config());
    }
}
