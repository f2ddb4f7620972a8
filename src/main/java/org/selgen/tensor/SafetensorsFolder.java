package org.selgen.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;

/**
 * The weights of a model folder, in one file or in several: {@code model.safetensors}, or else the shards that
 * {@code model.safetensors.index.json} names (transformers uses the same order).
 * <p>
 * Every file is a {@link FolderFile}.
 *
 * @param folder the model folder
 * @param entries every weight by name
 */
public record SafetensorsFolder(Path folder, Map<String, SafetensorsEntry> entries) {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".pkl", ".ckpt");

    /**
     * Opens all files and checks their headers against each other and the index.
     *
     * @throws BadInput if there are no safetensors, a shard is missing or outside, an indexed weight is not where the
     *     index says, or two shards hold the same weight
     */
    public static SafetensorsFolder open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInput(
                    "model folder " + folder + " does not exist; give the path of a downloaded model folder");
        }
        if (Files.exists(folder.resolve(SINGLE))) {
            return new SafetensorsFolder(
                    folder, SafetensorsFile.open(inside(folder, SINGLE)).entries());
        }
        if (Files.exists(folder.resolve(INDEX))) {
            return new SafetensorsFolder(folder, sharded(folder));
        }
        throw nothingToRead(folder);
    }

    private static Map<String, SafetensorsEntry> sharded(Path folder) {
        Map<String, String> index = index(folder);
        Map<String, SafetensorsEntry> all = new LinkedHashMap<>();
        for (String shard : index.values().stream().distinct().sorted().toList()) {
            for (SafetensorsEntry entry :
                    SafetensorsFile.open(inside(folder, shard)).entries().values()) {
                SafetensorsEntry other = all.put(entry.name(), entry);
                if (other != null) {
                    throw new BadInput("weight '" + entry.name() + "' stands in both " + other.file() + " and "
                            + entry.file() + " but must stand once; download the folder again");
                }
            }
        }
        index.forEach((name, shard) -> checkPlace(folder, name, shard, all.get(name)));
        return Collections.unmodifiableMap(all);
    }

    private static void checkPlace(Path folder, String name, String shard, @Nullable SafetensorsEntry entry) {
        if (entry == null || !entry.file().equals(folder.resolve(shard))) {
            throw new BadInput(folder.resolve(INDEX) + " says that weight '" + name + "' is in " + shard + " but it is "
                    + (entry == null ? "not there" : "in " + entry.file()) + "; download the folder again");
        }
    }

    private static Map<String, String> index(Path folder) {
        Path path = FolderFile.of(folder, INDEX);
        JsonNode weights = JsonFile.read(path).path("weight_map");
        if (!weights.isObject() || weights.isEmpty()) {
            throw new BadInput(path + " has no weight_map (weight: shard file); download the folder again");
        }
        Map<String, String> shards = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : weights.properties()) {
            if (!field.getValue().isTextual()) {
                throw new BadInput(path + ": weight_map." + field.getKey() + " is "
                        + field.getValue().getNodeType() + " but must be a file name; download the folder again");
            }
            shards.put(field.getKey(), field.getValue().textValue());
        }
        return shards;
    }

    /** The shard of that name, which must be there and may not lead out of the folder. */
    private static Path inside(Path folder, String name) {
        if (!name.endsWith(".safetensors")) {
            throw new BadInput(
                    "shard '" + name + "' of " + folder
                            + " must be a plain name ending in .safetensors of a file inside the folder; download the folder again");
        }
        Path file = FolderFile.of(folder, name);
        if (!Files.exists(file)) {
            throw new BadInput(file + " is missing; download the folder again");
        }
        return file;
    }

    private static BadInput nothingToRead(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            String pickle = files.map(file -> file.getFileName().toString())
                    .filter(name -> PICKLES.stream().anyMatch(name::endsWith))
                    .sorted()
                    .findFirst()
                    .map(name -> "holds " + name + " but ")
                    .orElse("");
            return new BadInput(
                    "model folder " + folder + " " + pickle + "has no " + SINGLE + " and no " + INDEX
                            + "; only safetensors are read, because a pickle can run code: download the safetensors of the model");
        } catch (IOException e) {
            return new BadInput(
                    "model folder " + folder + " cannot be listed (" + IoReason.of(e) + "); check its permissions", e);
        }
    }
}
