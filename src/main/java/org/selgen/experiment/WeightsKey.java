package org.selgen.experiment;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What decides the weights of a training; a run's id is the hash of it.
 *
 * @param name of the method, or of the artefact
 * @param settings the training settings as canonical JSON
 * @param recipe version of how weights are made; absent in older lakes
 * @param parent id of the previous stage's run; empty where there is none
 */
record WeightsKey(
        String modelHash,
        String dataHash,
        String name,
        String knobs,
        long seed,
        String settings,
        @Nullable Integer recipe,
        String parent) {
    /** As it is hashed; a method may add what else decides it. */
    Map<String, Object> decides() {
        Map<String, Object> decides = new TreeMap<>();
        decides.put("modelHash", modelHash);
        decides.put("dataHash", dataHash);
        decides.put("method", name);
        decides.put("knobs", knobs);
        decides.put("seed", seed);
        decides.put("settings", settings);
        if (recipe != null) {
            decides.put("recipe", recipe);
        }
        if (!parent.isEmpty()) {
            decides.put("parent", parent);
        }
        return decides;
    }
}
