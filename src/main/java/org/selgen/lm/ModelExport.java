package org.selgen.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.file.ByteSize;
import org.selgen.file.DiskSpace;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsSource;

/**
 * A base model with an adapter merged into it, to be written as a folder of its own that other tools load as any model: its
 * weights ({@link MergedWeights}), and what else the base's folder says of the model: configuration, tokenizer, generation
 * settings, chat template, licence.
 */
public final class ModelExport {
    /** Most bytes of one file of weights, as in transformers; a greater tensor has a file of its own. */
    static final long SHARD = 5_000_000_000L;

    /** Files of the base's folder that stand in the new one too. */
    private static final Pattern CARRIED =
            Pattern.compile("(?!adapter_config|.*\\.index\\.json$).+\\.(json|jinja|model|txt)|(LICEN[CS]E|NOTICE).*");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path base;
    private final ChatSettings chat;
    private final List<SafetensorsSource> weights;
    private final long shard;

    /**
     * Of two folders; no tensor is read yet.
     *
     * @throws BadInput if the adapter does not fit the model, or one of the folders cannot be read
     */
    public ModelExport(Path base, Path adapter) {
        this(base, adapter, SHARD);
    }

    ModelExport(Path base, Path adapter, long shard) {
        this.base = base;
        this.chat = ChatFiles.read(adapter);
        this.weights = MergedWeights.of(base, adapter).sources();
        this.shard = shard;
    }

    /** How the adapter's conversations are written. */
    public ChatSettings chat() {
        return chat;
    }

    /** Bytes of the weights. */
    public long bytes() {
        return weights.stream().mapToLong(SafetensorsSource::bytes).sum();
    }

    /**
     * Writes the folder; it appears complete or not at all. In memory are one tensor's rows at a time.
     *
     * @throws BadInput if there is a folder that is not empty, or the disk has no room or refuses
     */
    public void write(Path target) throws IOException {
        Path whole = target.toAbsolutePath().normalize();
        checkEmpty(whole);
        checkSpace(whole, DiskSpace.free(whole));
        Path draft = whole.resolveSibling("." + whole.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(draft);
            copyFiles(draft);
            writeWeights(draft);
            Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BadInput(
                    whole + " cannot be written (" + IoReason.of(e) + "); choose a folder that you may write to", e);
        } finally {
            delete(draft);
        }
    }

    private static void checkEmpty(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            if (Files.exists(target)) {
                throw new BadInput(target + " is a file; choose a folder that is not there yet");
            }
            return;
        }
        try (Stream<Path> there = Files.list(target)) {
            long files = there.count();
            if (files > 0) {
                throw new BadInput(target + " is there already and is not empty (" + files
                        + " files); choose a folder that is not there yet, or empty it");
            }
        }
    }

    /** Refuses a disk with less than this free. */
    void checkSpace(Path target, long free) throws IOException {
        long needed = bytes();
        for (Path file : carried()) {
            needed += Files.size(file);
        }
        if (needed > free) {
            throw new BadInput("the folder " + target + " needs " + ByteSize.decimal(needed) + " but only "
                    + ByteSize.decimal(free) + " are free there; free " + ByteSize.decimal(needed - free)
                    + ", or choose a folder on another disk");
        }
    }

    private List<Path> carried() throws IOException {
        try (Stream<Path> files = Files.list(base)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            CARRIED.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private void copyFiles(Path draft) throws IOException {
        for (Path file : carried()) {
            Files.copy(file, draft.resolve(file.getFileName()));
        }
        String family = DecoderConfigJson.read(base).family().modelType();
        ChatTemplate.toAdd(base, family, chat).ifPresent(text -> ChatFiles.writeTemplate(draft, text));
    }

    private void writeWeights(Path draft) throws IOException {
        List<List<SafetensorsSource>> shards = shards();
        if (shards.size() == 1) {
            writeFile(draft.resolve("model.safetensors"), shards.get(0));
            return;
        }
        ObjectNode index = JSON.createObjectNode();
        index.putObject("metadata").put("total_size", bytes());
        ObjectNode places = index.putObject("weight_map");
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format("model-%05d-of-%05d.safetensors", i + 1, shards.size());
            writeFile(draft.resolve(name), shards.get(i));
            shards.get(i).forEach(weight -> places.put(weight.name(), name));
        }
        byte[] json = JSON.writeValueAsString(index).getBytes(StandardCharsets.UTF_8);
        Files.write(draft.resolve("model.safetensors.index.json"), json);
    }

    private static void writeFile(Path file, List<SafetensorsSource> weights) {
        SafetensorsFile.writeSources(file, Map.of("format", "pt"), weights);
    }

    /** The weights in their order, cut before the one that would make a file too great. */
    private List<List<SafetensorsSource>> shards() {
        List<List<SafetensorsSource>> shards = new ArrayList<>(List.of(new ArrayList<>()));
        long filled = 0;
        for (SafetensorsSource weight : weights) {
            if (filled > 0 && filled + weight.bytes() > shard) {
                shards.add(new ArrayList<>());
                filled = 0;
            }
            shards.get(shards.size() - 1).add(weight);
            filled += weight.bytes();
        }
        return shards;
    }

    private static void delete(Path draft) throws IOException {
        if (Files.isDirectory(draft)) {
            try (Stream<Path> files = Files.list(draft)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(draft);
        }
    }
}
