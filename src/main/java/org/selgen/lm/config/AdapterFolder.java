package org.selgen.lm.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;

/** Tells an adapter's folder from a model's. */
public final class AdapterFolder {
    private static final String CONFIG = "adapter_config.json";

    private AdapterFolder() {}

    /**
     * Refuses a folder that is an adapter's where a model's is needed.
     *
     * @throws BadInput if it has adapter_config.json and no weights of a model; it names the base model
     */
    public static void refuse(Path folder) {
        Path config = FolderFile.of(folder, CONFIG);
        if (Files.exists(config) && !weights(folder)) {
            String base = JsonFile.read(config).path("base_model_name_or_path").asText("");
            throw new BadInput(folder + " is an adapter (it has " + CONFIG + "), not a model; give its base model"
                    + (base.isEmpty() ? "" : ", '" + base + "',") + " as the model, and put the adapter into the lake's"
                    + " adapters/ to name it as a run");
        }
    }

    private static boolean weights(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(
                    file -> file.getFileName().toString().matches("model.*\\.safetensors(\\.index\\.json)?"));
        } catch (IOException e) {
            throw new BadInput(folder + " cannot be read (" + IoReason.of(e) + "); check the folder", e);
        }
    }
}
