package org.selgen.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
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

    @Option(
            names = "--chat-template",
            paramLabel = "FILE",
            description = "A chat template in Jinja (default: the run's, or else the model's own).")
    private String template = "";

    @Option(
            names = "--chat-variable",
            paramLabel = "NAME=VALUE",
            description = "A variable of the template, as enable_thinking=true; may be repeated (default: the run's).")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--chat-date",
            paramLabel = "DAY",
            description =
                    "What the template takes for today, as 2026-01-31 (default: the run's; the clock is never asked).")
    private String date = "";

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

    /** How the base model is asked. */
    ChatSettings chat() {
        return chat(ChatSettings.DEFAULT);
    }

    /** How a run is asked: as it was trained, but for the options. */
    ChatSettings chat(String run) throws IOException {
        return chat(ChatFiles.read(adapter(run)));
    }

    private ChatSettings chat(ChatSettings otherwise) {
        String text = template.isBlank() ? "" : ChatSettings.read(template, Path.of(""));
        return otherwise.with(text, ChatFiles.assigned(variables), date);
    }

    /** The adapter of a run. */
    Adapter adapter(String run, LanguageModel base) throws IOException {
        return Adapter.read(adapter(run), base.decoder().config());
    }
}
