package org.selgen.lm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selgen.data.BadInput;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;
import org.selgen.file.WholeFile;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsItem;

/**
 * A LoRA adapter's folder in PEFT's format: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 *
 * @param config the content of adapter_config.json
 * @param modules the adapted linear layers by module name, such as {@code model.layers.0.self_attn.q_proj}, in the
 *     order of computation
 */
public record AdapterFiles(PeftConfig config, Map<String, Module> modules) {
    public static final String CONFIG = "adapter_config.json";
    public static final String TENSORS = "adapter_model.safetensors";

    /** Names of the parts beside a text model, which PEFT adapts too where their layers are named as its own. */
    private static final List<String> OTHER_PARTS = List.of(".vision_tower.", ".multi_modal_projector.");

    private static final Set<String> DTYPES = Set.of("F32", "BF16", "F16");

    /**
     * One adapted layer: y = W x + scale · B A x.
     *
     * @param a place of A in the file, [r, in]
     * @param b place of B in the file, [out, r]
     */
    public record Module(SafetensorsEntry a, SafetensorsEntry b, int rank, float scale) {}

    /**
     * Reads and checks both files; no tensor is loaded.
     *
     * @throws BadInput if a file is missing or damaged, the adapter needs a feature that we do not have, or a tensor is
     *     missing, unknown, misshapen for this decoder, or not of F32, BF16 or F16
     */
    public static AdapterFiles read(Path folder, DecoderConfig decoder) {
        Path path = FolderFile.of(folder, CONFIG);
        if (!Files.exists(folder.resolve(TENSORS)) && Files.exists(folder.resolve("adapter_model.bin"))) {
            throw new BadInput(folder + " holds adapter_model.bin but no " + TENSORS
                    + "; only safetensors are read, because a pickle can run code: save the adapter as safetensors");
        }
        ObjectNode json = JsonFile.read(path);
        PeftConfig config = PeftConfigJson.parse(json, path.toString());
        SafetensorsFile tensors = SafetensorsFile.open(FolderFile.of(folder, TENSORS));
        Map<String, Module> modules = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>(tensors.entries().keySet());
        shapes(decoder, config.lora()).forEach((module, shape) -> {
            int rank = config.rank(module);
            SafetensorsEntry a = entry(tensors, keyA(module), rank, shape[1]);
            SafetensorsEntry b = entry(tensors, keyB(module), shape[0], rank);
            unknown.removeAll(Set.of(a.name(), b.name()));
            modules.put(module, new Module(a, b, rank, config.scale(module)));
        });
        unknown.removeIf(name -> OTHER_PARTS.stream().anyMatch(name::contains));
        if (!unknown.isEmpty()) {
            throw new BadInput(tensors.path() + " holds tensor '" + Collections.min(unknown) + "', which belongs to no "
                    + "target module of " + path + "; check that the two files and the base model belong together");
        }
        return new AdapterFiles(config, Collections.unmodifiableMap(modules));
    }

    /**
     * Writes both files, the configuration last. A missing folder is made.
     *
     * @param tensors A and B of every adapted layer, named by {@link #keyA} and {@link #keyB}
     * @throws BadInput if the files cannot be written
     */
    public static void write(Path folder, PeftConfig config, List<SafetensorsItem> tensors) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInput("adapter folder " + folder + " cannot be made (" + e + "); choose another place", e);
        }
        SafetensorsFile.write(folder.resolve(TENSORS), Map.of("format", "pt"), tensors);
        byte[] json = PeftConfigJson.write(config).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(folder.resolve(CONFIG), List.of(ByteBuffer.wrap(json)));
    }

    /** PEFT's name of a module's A. */
    public static String keyA(String module) {
        return "base_model.model." + module + ".lora_A.weight";
    }

    /** PEFT's name of a module's B. */
    public static String keyB(String module) {
        return "base_model.model." + module + ".lora_B.weight";
    }

    /**
     * Shape [out, in] of W for each linear layer that a configuration adapts, by module name in the order of
     * computation.
     */
    public static Map<String, long[]> shapes(DecoderConfig decoder, LoraConfig lora) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        DecoderWeights.shapes(decoder).forEach((name, shape) -> {
            if (lora.targets().stream().anyMatch(target -> name.endsWith("." + target + ".weight"))) {
                shapes.put(name.substring(0, name.length() - ".weight".length()), shape);
            }
        });
        return shapes;
    }

    private static SafetensorsEntry entry(SafetensorsFile tensors, String name, long... shape) {
        SafetensorsEntry entry = tensors.entries().get(name);
        if (entry == null) {
            throw new BadInput(tensors.path() + " lacks tensor '" + name + "' " + Arrays.toString(shape)
                    + "; check that the adapter was made for this base model");
        }
        if (!Arrays.equals(entry.shape(), shape)) {
            throw new BadInput(entry + " must have shape " + Arrays.toString(shape)
                    + "; check that the adapter was made for this base model");
        }
        if (!DTYPES.contains(entry.dtype())) {
            throw new BadInput(entry + " must be of F32, BF16 or F16; save the adapter in one of them");
        }
        return entry;
    }
}
