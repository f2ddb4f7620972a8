package org.selgen.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selgen.data.Run;
import org.selgen.lake.Fingerprint;
import org.selgen.method.Method;

/**
 * One run to be made. Holds what an executor needs, in a form that travels.
 *
 * @param experiment the experiment as YAML, every setting applied
 * @param method which of the experiment's methods; -1 for the base model
 * @param run the row to be, with all that is known before; its result is blank
 */
record Order(String experiment, int method, Run run) implements Serializable {
    static final String BASE = "base";

    /** The base model, then each method with each seed. Equal ids mean equal weights. */
    static List<Order> of(Experiment experiment, String yaml, String modelHash, String dataHash) {
        List<Order> orders = new ArrayList<>();
        String base = Fingerprint.of(Map.of("modelHash", modelHash, "method", BASE));
        orders.add(new Order(yaml, -1, planned(base, BASE, "", 0, experiment.model(), modelHash, "", "{}")));
        String settings = Fingerprint.json(Map.of("lora", experiment.lora(), "training", experiment.training()));
        for (int m = 0; m < experiment.methods().size(); m++) {
            Method method = experiment.methods().get(m);
            String name = Experiment.name(method);
            String knobs = Experiment.knobs(method);
            for (long seed : experiment.seeds()) {
                Map<String, Object> decides = new TreeMap<>(Map.of(
                        "modelHash", modelHash, "dataHash", dataHash, "method", name, "knobs", knobs, "seed", seed));
                decides.put("settings", settings);
                String id = Fingerprint.of(decides);
                orders.add(new Order(
                        yaml, m, planned(id, name, knobs, seed, experiment.model(), modelHash, dataHash, settings)));
            }
        }
        return orders;
    }

    boolean base() {
        return method < 0;
    }

    /** How a person names the run: method, knobs and seed. */
    String title() {
        return title(run);
    }

    static String title(Run run) {
        String knobs = run.knobs().isEmpty() ? "" : " " + run.knobs();
        return run.method() + knobs + (run.method().equals(BASE) ? "" : " seed=" + run.seed());
    }

    private static Run planned(
            String id,
            String method,
            String knobs,
            long seed,
            String model,
            String modelHash,
            String dataHash,
            String settings) {
        return new Run(
                id, method, knobs, seed, model, modelHash, dataHash, settings, Run.FINISHED, "", 0, 0, 0, 0, "", "");
    }
}
