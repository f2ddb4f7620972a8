package org.selgen.lm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;
import org.selgen.file.WholeFile;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
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
        AdapterTensors tensors = AdapterTensors.of(SafetensorsFile.open(FolderFile.of(folder, TENSORS)), decoder);
        Map<String, Module> modules = new LinkedHashMap<>();
        for (Map.Entry<String, long[]> linear : linears(decoder).entrySet()) {
            String theirs = tensors.nameOf(linear.getKey());
            if (config.targets().covers(theirs, true)) {
                modules.put(linear.getKey(), module(tensors, theirs, linear.getValue(), config));
            }
        }
        refuseOthers(config.targets(), decoder, tensors, path, modules.isEmpty());
        return new AdapterFiles(config, Collections.unmodifiableMap(modules));
    }

    /**
     * Checks that both files can be read, without the model that they fit; no tensor is loaded.
     *
     * @throws BadInput if a file is missing or damaged, or the adapter needs a feature that we do not have
     */
    public static void check(Path folder) {
        Path path = FolderFile.of(folder, CONFIG);
        PeftConfigJson.parse(JsonFile.read(path), path.toString());
        SafetensorsFile.open(FolderFile.of(folder, TENSORS));
    }

    /** {@link #read(Path, DecoderConfig)} for the model of a folder. */
    public static AdapterFiles read(Path folder, Path model) {
        return read(folder, DecoderConfigJson.read(model));
    }

    private static Module module(AdapterTensors tensors, String name, long[] shape, PeftConfig config) {
        int rank = config.rank(name);
        SafetensorsEntry a = tensors.take(name, "A", rank, shape[1]);
        SafetensorsEntry b = tensors.take(name, "B", shape[0], rank);
        return new Module(a, b, rank, config.scale(name));
    }

    private static void refuseOthers(
            TargetModules targets, DecoderConfig decoder, AdapterTensors tensors, Path path, boolean none) {
        List<String> all = linears(decoder).keySet().stream().toList();
        for (String other : List.of("lm_head", tensors.nameOf(DecoderWeights.embeddingModule(decoder)))) {
            if (targets.covers(other, false)) {
                throw new BadInput(path + ": target_modules covers " + other + " but may only cover the linear layers "
                        + "of decoder layers, as " + all.get(0) + "; choose an adapter that keeps to it");
            }
        }
        if (none) {
            throw new BadInput(path + ": target_modules covers no linear layer of this model, as " + all.get(0)
                    + "; check that the adapter was made for this base model");
        }
        tensors.leftover().ifPresent(name -> {
            throw new BadInput(tensors.path() + " holds tensor '" + name + "', which belongs to no target module of "
                    + path + "; check that the two files and the base model belong together");
        });
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
            throw new BadInput(
                    "adapter folder " + folder + " cannot be made (" + IoReason.of(e) + "); choose another place", e);
        }
        SafetensorsFile.write(folder.resolve(TENSORS), Map.of("format", "pt"), tensors);
        byte[] json = PeftConfigWriter.write(config).getBytes(StandardCharsets.UTF_8);
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
        TargetModules targets = TargetModules.of(lora);
        Map<String, long[]> shapes = linears(decoder);
        shapes.keySet().removeIf(module -> !targets.covers(module, true));
        return shapes;
    }

    private static Map<String, long[]> linears(DecoderConfig decoder) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        DecoderWeights.shapes(decoder).forEach((name, shape) -> {
            if (LoraConfig.TARGETS.stream().anyMatch(target -> name.endsWith("." + target + ".weight"))) {
                shapes.put(name.substring(0, name.length() - ".weight".length()), shape);
            }
        });
        return shapes;
    }
}
