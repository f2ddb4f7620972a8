package org.selgen.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.LakeFolder;
import org.selgen.lm.Adapter;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;
import org.selgen.serve.ServedModels;
import org.selgen.tensor.DType;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The model that a verb reads without Spark, and the runs whose adapters stand on it. */
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

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "A run's id, or its beginning; 'serve' takes several (default: see above).")
    private List<String> runs = new ArrayList<>();

    @Mixin
    private ChatOptions chat = new ChatOptions();

    private LakeFolder lake() {
        return new LakeFolder(lake);
    }

    private Path folder() {
        return ModelLocator.inProject(lake().models()).find(name);
    }

    LanguageModel open() {
        return LanguageModel.open(folder(), DType.F32);
    }

    /** The base model, or the one run on it that the user names. */
    LanguageModel oneRunOr(LanguageModel base) throws IOException {
        if (runs.size() > 1) {
            throw new BadInput("--run names " + String.join(", ", runs) + ", but one run answers; name one");
        }
        return runs.isEmpty() ? asked(base) : asked(base, lake().adapter(runs.get(0)));
    }

    /**
     * The base model by its name, and the runs that the user names by their ids, or else all of the lake that fit.
     *
     * @param kvMemory most memory for keys and values of an answer, in MiB
     * @param skipped takes a line for each adapter that does not fit
     */
    Map<String, StreamingGenerator> served(LanguageModel base, int kvMemory, Consumer<String> skipped)
            throws IOException {
        ServedModels models = new ServedModels(asked(base), ModelLocator.title(folder()), kvMemory);
        for (String run : runs) {
            Path adapter = lake().adapter(run);
            models.add(String.valueOf(adapter.getFileName()), asked(base, adapter));
        }
        if (runs.isEmpty()) {
            models.addFitting(lake().adapters(), adapter -> asked(base, adapter), skipped);
        }
        return models.byName();
    }

    private LanguageModel asked(LanguageModel base) {
        return base.with(chat.over(ChatSettings.DEFAULT));
    }

    /** The base model with the adapter of a folder, as that run was trained but for what the options say. */
    private LanguageModel asked(LanguageModel base, Path adapter) throws IOException {
        return base.with(Adapter.read(adapter, base.decoder().config())).with(chat.over(ChatFiles.read(adapter)));
    }
}
