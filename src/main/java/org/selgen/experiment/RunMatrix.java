package org.selgen.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selgen.data.Run;
import org.selgen.file.Fingerprint;
import org.selgen.method.Method;
import org.selgen.method.SafeLora;
import org.selgen.method.Standard;

/**
 * All runs of an experiment: the base model, the stage before for each seed where there is one, then each method with each
 * seed at each epoch. Equal ids mean equal weights.
 *
 * @param experiment what to do
 * @param yaml the experiment as text
 * @param models content of the models
 * @param hashes content of the training rows
 */
public record RunMatrix(Experiment experiment, String yaml, Models models, Hashes hashes) {
    /**
     * Content hashes of the models.
     *
     * @param base of the base model
     * @param unaligned of its unaligned sibling; empty where no method asks for it
     */
    public record Models(String base, String unaligned) {}

    /**
     * Content hashes of prepared training rows.
     *
     * @param data of task and proxy
     * @param start of the stage before; empty where there is none
     */
    public record Hashes(String data, String start) {}

    List<RunSpec> all() {
        List<RunSpec> orders = new ArrayList<>();
        Map<String, Object> untouched = precision();
        Settings none = new Settings("", Fingerprint.json(untouched));
        untouched.put("modelHash", models.base());
        untouched.put("method", RunSpec.BASE);
        String base = Fingerprint.of(untouched);
        orders.add(new RunSpec(yaml, RunSpec.UNTRAINED, "", base, 0, planned(base, RunSpec.BASE, "", 0, none)));
        if (experiment.start() != null) {
            experiment.seeds().forEach(seed -> orders.add(start(experiment.start(), seed)));
        }
        for (int m = 0; m < experiment.methods().size(); m++) {
            for (long seed : experiment.seeds()) {
                for (int epoch : experiment.points()) {
                    orders.add(order(m, seed, epoch));
                }
            }
        }
        return orders;
    }

    private RunSpec order(int index, long seed, int epoch) {
        Method method = experiment.methods().get(index);
        String id = id(method, seed, epoch);
        String before = experiment.start() == null
                ? ""
                : start(experiment.start(), seed).run().id();
        String parent = method.beginsFromStandard() ? id(new Standard(), seed, epoch) : before;
        String training = method.beginsFromStandard()
                ? id
                : id(method, seed, experiment.training().epochs());
        Run run = planned(id, Experiment.name(method), knobs(method, epoch), seed, settings());
        return new RunSpec(yaml, index, parent, training, epoch, run);
    }

    private RunSpec start(Experiment.Start start, long seed) {
        Map<String, Object> shared = precision();
        shared.put("lora", experiment.lora());
        shared.put("training", experiment.training().ofEpochs(start.epochs()));
        Settings settings = new Settings(hashes.start(), Fingerprint.json(shared));
        String id = Fingerprint.of(decides(RunSpec.START, "", seed, settings));
        return new RunSpec(
                yaml, RunSpec.BEFORE, "", id, start.epochs(), planned(id, RunSpec.START, "", seed, settings));
    }

    /** What a run learns from and how, besides its method. */
    private record Settings(String dataHash, String json) {}

    private Settings settings() {
        Map<String, Object> settings = precision();
        settings.put("lora", experiment.lora());
        settings.put("training", experiment.training());
        if (experiment.start() != null) {
            settings.put(
                    RunSpec.START,
                    Map.of(
                            "dataHash",
                            hashes.start(),
                            "epochs",
                            experiment.start().epochs()));
        }
        return new Settings(hashes.data(), Fingerprint.json(settings));
    }

    /** Nothing for float32, so that ids are those of runs made before there was a choice. */
    private Map<String, Object> precision() {
        Map<String, Object> precision = new TreeMap<>();
        if (experiment.dtype() != Experiment.Precision.F32) {
            precision.put("dtype", experiment.dtype());
        }
        return precision;
    }

    /** The method's knobs, and {@code epoch=e} where the training goes on after it. */
    private String knobs(Method method, int epoch) {
        String knobs = Experiment.knobs(method);
        if (epoch == experiment.training().epochs()) {
            return knobs;
        }
        return (knobs.isEmpty() ? "" : knobs + ",") + "epoch=" + epoch;
    }

    private String id(Method method, long seed, int epoch) {
        Map<String, Object> decides = decides(Experiment.name(method), knobs(method, epoch), seed, settings());
        if (experiment.start() != null) {
            decides.put("parent", start(experiment.start(), seed).run().id());
        }
        if (method instanceof SafeLora safe && safe.plane() == SafeLora.Plane.UNALIGNED_BASE) {
            decides.put("unalignedHash", models.unaligned());
        }
        return Fingerprint.of(decides);
    }

    private Map<String, Object> decides(String name, String knobs, long seed, Settings settings) {
        Map<String, Object> decides = new TreeMap<>();
        decides.put("modelHash", models.base());
        decides.put("dataHash", settings.dataHash());
        decides.put("method", name);
        decides.put("knobs", knobs);
        decides.put("seed", seed);
        decides.put("settings", settings.json());
        return decides;
    }

    private Run planned(String id, String method, String knobs, long seed, Settings settings) {
        return new Run(
                id,
                method,
                knobs,
                seed,
                experiment.model(),
                models.base(),
                settings.dataHash(),
                settings.json(),
                Run.FINISHED,
                "",
                0,
                0,
                0,
                0,
                "",
                "");
    }
}
