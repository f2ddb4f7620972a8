package org.selgen.lm;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFolder;

/**
 * The weights of a model folder, found under the names that its files give them.
 *
 * @param config of the folder; untied where its files hold an output layer that differs from the embedding
 * @param entries every weight of the model by the name that {@link DecoderWeights#shapes} gives it
 */
record WeightFiles(DecoderConfig config, Map<String, SafetensorsEntry> entries) {
    private static final Set<String> DTYPES = Set.of("F32", "BF16", "F16");

    /** What stands before a weight's name in folders of transformers 5 and 4, and of a decoder without its head. */
    private static final List<String> PREFIXES =
            List.of("model.", "model.language_model.", "language_model.model.", "");

    private static final List<String> HEADS = List.of(DecoderWeights.HEAD, "language_model.lm_head.weight");

    /** Beginnings of the names of parts that a text model does not use. */
    private static final List<String> OTHER_PARTS =
            List.of("vision_tower.", "model.vision_tower.", "multi_modal_projector.", "model.multi_modal_projector.");

    /** Parts of the names of tables that are computed anyway, and that transformers ignores. */
    private static final List<String> BUFFERS =
            List.of("rotary_emb.", ".masked_bias", ".self_attn.bias", ".attn.bias", "embed_scale", "position_ids");

    /**
     * Finds the weights of a folder.
     *
     * @throws BadInput if a weight is missing, unknown, of another shape, or not of F32, BF16 or F16
     */
    static WeightFiles find(DecoderConfig config, SafetensorsFolder files) {
        Map<String, SafetensorsEntry> left = new LinkedHashMap<>(files.entries());
        String prefix = PREFIXES.stream()
                .filter(each -> left.containsKey(each + "norm.weight"))
                .findFirst()
                .orElse(config.module() + ".");
        Map<String, SafetensorsEntry> found = new LinkedHashMap<>();
        SafetensorsEntry head = HEADS.stream()
                .filter(left::containsKey)
                .map(left::remove)
                .findFirst()
                .orElse(null);
        SafetensorsEntry embedding = left.get(prefix + "embed_tokens.weight");
        if (config.tied() && head != null && embedding == null) {
            left.put(prefix + "embed_tokens.weight", head); // transformers ties them the other way round
        }
        DecoderConfig real = config.tied() && head != null && embedding != null && !head.holdsSameAs(embedding)
                ? config.untied()
                : config;
        DecoderWeights.shapes(real).forEach((name, shape) -> {
            boolean isHead = name.equals(DecoderWeights.HEAD);
            String own = isHead ? name : prefix + name.substring(config.module().length() + 1);
            found.put(name, checked(files, own, shape, isHead ? head : left.remove(own)));
        });
        left.keySet().forEach(name -> checkHarmless(real, files, name));
        return new WeightFiles(real, found);
    }

    private static void checkHarmless(DecoderConfig config, SafetensorsFolder files, String name) {
        boolean part = !config.module().equals("model") && OTHER_PARTS.stream().anyMatch(name::startsWith);
        if (!part && BUFFERS.stream().noneMatch(name::contains)) {
            throw new BadInput(files.folder() + " holds weight '" + name + "', which a "
                    + config.family().modelType() + " model of this config.json does not have;"
                    + " check that config.json and weights belong together");
        }
    }

    private static SafetensorsEntry checked(
            SafetensorsFolder files, String name, long[] shape, @Nullable SafetensorsEntry entry) {
        if (entry == null) {
            throw new BadInput(files.folder() + " lacks weight '" + name + "' " + Arrays.toString(shape)
                    + "; check that config.json and weights belong together, or download the folder again");
        }
        if (!Arrays.equals(entry.shape(), shape)) {
            throw new BadInput(entry + " must have shape " + Arrays.toString(shape)
                    + " by config.json; check that config.json and weights belong together");
        }
        if (!DTYPES.contains(entry.dtype())) {
            throw new BadInput(entry + " must be of F32, BF16 or F16; choose an unquantised model");
        }
        return entry;
    }
}
