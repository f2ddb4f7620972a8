package org.selgen.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selgen.data.Run;
import org.selgen.lake.Fingerprint;
import org.selgen.method.Method;
import org.selgen.method.SafeLora;
import org.selgen.method.Standard;

/**
 * One run to be made. Holds what an executor needs, in a form that travels.
 *
 * @param experiment the experiment as YAML, every setting applied
 * @param method which of the experiment's methods; -1 for the base model
 * @param parent id of the run whose adapter this one begins from; empty where it begins from nothing
 * @param training id of the training that leaves it, and other runs at other epochs: that of its last epoch's run
 * @param epoch at the end of which epoch of the training
 * @param run the row to be, with all that is known before; its result is blank
 */
record Order(String experiment, int method, String parent, String training, int epoch, Run run)
        implements Serializable {
    static final String BASE = "base";
    private static final String STANDARD = "standard";

    /** What stands behind the base model's folder name in that of its unaligned sibling. */
    static final String UNALIGNED = "-unaligned";

    /** The base model, then each method with each seed at each epoch. Equal ids mean equal weights. */
    static List<Order> of(Experiment experiment, String yaml, Models models, String dataHash) {
        List<Order> orders = new ArrayList<>();
        Map<String, Object> precision = precision(experiment);
        Map<String, Object> untouched = new TreeMap<>(precision);
        untouched.put("modelHash", models.base());
        untouched.put("method", BASE);
        String base = Fingerprint.of(untouched);
        Run untrained = planned(base, BASE, "", 0, experiment.model(), models.base(), "", Fingerprint.json(precision));
        orders.add(new Order(yaml, -1, "", base, 0, untrained));
        Map<String, Object> shared = new TreeMap<>(precision);
        shared.put("lora", experiment.lora());
        shared.put("training", experiment.training());
        String settings = Fingerprint.json(shared);
        for (int m = 0; m < experiment.methods().size(); m++) {
            Method method = experiment.methods().get(m);
            String name = Experiment.name(method);
            for (long seed : experiment.seeds()) {
                for (int epoch : experiment.points()) {
                    String knobs = knobs(experiment, method, epoch);
                    String id = id(models, dataHash, name, knobs, seed, settings, method);
                    String standard = knobs(experiment, new Standard(), epoch);
                    String parent = method.beginsFromStandard()
                            ? id(models, dataHash, STANDARD, standard, seed, settings, new Standard())
                            : "";
                    String whole =
                            knobs(experiment, method, experiment.training().epochs());
                    String training = method.beginsFromStandard()
                            ? id
                            : id(models, dataHash, name, whole, seed, settings, method);
                    orders.add(new Order(
                            yaml,
                            m,
                            parent,
                            training,
                            epoch,
                            planned(id, name, knobs, seed, experiment.model(), models.base(), dataHash, settings)));
                }
            }
        }
        return orders;
    }

    /** Nothing for float32, so that ids are those of runs made before there was a choice. */
    private static Map<String, Object> precision(Experiment experiment) {
        return experiment.dtype() == Experiment.Precision.F32 ? Map.of() : Map.of("dtype", experiment.dtype());
    }

    /** The method's knobs, and {@code epoch=e} where the training goes on after it. */
    private static String knobs(Experiment experiment, Method method, int epoch) {
        String knobs = Experiment.knobs(method);
        if (epoch == experiment.training().epochs()) {
            return knobs;
        }
        return (knobs.isEmpty() ? "" : knobs + ",") + "epoch=" + epoch;
    }

    private static String id(
            Models models, String dataHash, String name, String knobs, long seed, String settings, Method method) {
        Map<String, Object> decides = new TreeMap<>();
        decides.put("modelHash", models.base());
        decides.put("dataHash", dataHash);
        decides.put("method", name);
        decides.put("knobs", knobs);
        decides.put("seed", seed);
        decides.put("settings", settings);
        if (method instanceof SafeLora safe && safe.plane() == SafeLora.Plane.UNALIGNED_BASE) {
            decides.put("unalignedHash", models.unaligned());
        }
        return Fingerprint.of(decides);
    }

    /**
     * Content hashes of the models.
     *
     * @param base of the base model
     * @param unaligned of its unaligned sibling; empty where no method asks for it
     */
    record Models(String base, String unaligned) {}

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
