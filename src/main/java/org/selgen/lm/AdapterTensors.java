package org.selgen.lm;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selgen.data.BadInput;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFile;

/**
 * The tensors of an adapter's file, under the names that PEFT saves, that a state dict of Python has ({@code
 * lora_A.default.weight}), and with the names of modules of transformers 4 and 5.
 */
final class AdapterTensors {
    private static final Set<String> DTYPES = Set.of("F32", "BF16", "F16");

    /** Names of the parts beside a text model, which PEFT adapts too where their layers are named as its own. */
    private static final List<String> OTHER_PARTS = List.of(".vision_tower.", ".multi_modal_projector.");

    private static final String WRAPPER = "base_model.model.";
    private static final Pattern NAME =
            Pattern.compile("(?:base_model\\.model\\.)?(.{1,500}?)\\.lora_([AB])\\.(?:([^.]{1,100})\\.)?weight");

    /** What stands before {@code layers.} in the module names of different versions of transformers. */
    private static final List<String> PREFIXES =
            List.of("model.language_model.", "language_model.model.", "model.", "language_model.", "");

    private final Path path;
    private final DecoderConfig decoder;
    private final Map<String, SafetensorsEntry> left = new LinkedHashMap<>();
    private final String prefix;

    private AdapterTensors(SafetensorsFile file, DecoderConfig decoder) {
        this.path = file.path();
        this.decoder = decoder;
        file.entries().forEach((name, entry) -> put(plain(name), entry));
        this.prefix = left.keySet().stream()
                .map(name -> name.startsWith(WRAPPER) ? name.substring(WRAPPER.length()) : name)
                .flatMap(name -> PREFIXES.stream()
                        .filter(each -> name.startsWith(each + "layers."))
                        .limit(1))
                .findFirst()
                .orElse(decoder.module() + ".");
    }

    static AdapterTensors of(SafetensorsFile file, DecoderConfig decoder) {
        return new AdapterTensors(file, decoder);
    }

    private void put(String name, SafetensorsEntry entry) {
        SafetensorsEntry other = left.put(name, entry);
        if (other != null) {
            throw new BadInput(path + " holds both '" + other.name() + "' and '" + entry.name()
                    + "' but one adapter has one of them; save one adapter in a file");
        }
    }

    /** The name that PEFT saves; another name as it is. */
    private static String plain(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? WRAPPER + matcher.group(1) + ".lora_" + matcher.group(2) + ".weight" : name;
    }

    Path path() {
        return path;
    }

    /** What the file calls a module of ours. */
    String nameOf(String module) {
        return prefix + module.substring(decoder.module().length() + 1);
    }

    /**
     * A or B of a module, which then belongs to it.
     *
     * @throws BadInput if it is missing, of another shape, or not of F32, BF16 or F16
     */
    SafetensorsEntry take(String module, String which, long... shape) {
        String name = WRAPPER + module + ".lora_" + which + ".weight";
        SafetensorsEntry entry = left.remove(name);
        if (entry == null) {
            throw new BadInput(path + " lacks tensor '" + name + "' " + Arrays.toString(shape)
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

    /** A tensor that no module took and that belongs to no part beside the text model. */
    Optional<String> leftover() {
        return left.keySet().stream()
                .filter(name -> OTHER_PARTS.stream().noneMatch(name::contains))
                .min(Comparator.naturalOrder());
    }
}
