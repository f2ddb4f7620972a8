package org.selgen.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.experiment.RunLookup;
import org.selgen.experiment.RunSpec;
import org.selgen.file.ByteSize;
import org.selgen.file.Fingerprint;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;
import org.selgen.lm.ModelExport;

/**
 * Merges the adapter of a finished run into its base model.
 *
 * @param lake where the run is
 * @param out is given lines that say what was done
 */
public record ExportStage(Lake lake, Consumer<String> out) {
    /**
     * Writes the merged model.
     *
     * @param id of the run, or its beginning
     * @param model name or folder of the base model; that of the run if empty
     * @param target a folder that is not there yet, or empty
     * @throws BadInput if the run has no adapter, its base model is not here as it was trained on, or the folder cannot be
     *     written
     */
    public void run(String id, String model, Path target) throws IOException {
        Run run = RunLookup.finished(lake, id);
        if (run.adapter().isEmpty()) {
            throw new BadInput(
                    "run " + run.id() + " (" + RunSpec.title(run) + ") has no adapter to merge: it is the model '"
                            + run.model() + "' as it is; copy that model's folder");
        }
        Storage adapter = lake.adapter(run);
        if (!adapter.exists()) {
            throw new BadInput("run " + run.id() + " has its row but its adapter " + adapter.uri()
                    + " is gone; restore that folder");
        }
        ModelExport export = new ModelExport(base(run, model), adapter.localCopy(""));
        export.write(target);
        out.accept("export: " + RunSpec.title(run) + " on " + run.model() + " is in " + target + ", "
                + ByteSize.decimal(export.bytes()) + " of weights");
        ChatSettings chat = export.chat();
        if (!chat.variables().isEmpty() || !chat.date().isEmpty()) {
            out.accept("export: the run was asked with chat.variables " + chat.variables()
                    + (chat.date().isEmpty() ? "" : " and chat.date " + chat.date())
                    + ", which a model's folder cannot hold; give them to the chat template");
        }
    }

    private Path base(Run run, String given) throws IOException {
        String name = given.isEmpty() ? run.model() : given;
        Optional<Path> copy = lake.localModel(name);
        Path folder = copy.isPresent()
                ? copy.get()
                : ModelLocator.inProject(lake.models()).find(name);
        String hash = Fingerprint.ofFolder(folder);
        if (!hash.equals(run.modelHash())) {
            throw new BadInput("the model in " + folder + " (content " + hash + ") is not the one that run " + run.id()
                    + " was trained on (content " + run.modelHash() + "); give that one's folder by --model");
        }
        return folder;
    }
}
