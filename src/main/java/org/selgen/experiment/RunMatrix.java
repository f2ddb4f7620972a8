package org.selgen.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.experiment.RunSpec.Base;
import org.selgen.experiment.RunSpec.Trained;
import org.selgen.file.Fingerprint;
import org.selgen.method.Artefact;
import org.selgen.method.External;
import org.selgen.method.Method;
import org.selgen.method.Standard;

/**
 * All runs of an experiment: the base model, the previous stage for each seed where there is one, then each method with each
 * seed at each epoch, then what other tools have made. Equal ids mean equal weights.
 *
 * @param experiment what to do
 * @param models content of the models
 * @param hashes content of the training rows
 */
public record RunMatrix(Experiment experiment, Models models, Hashes hashes) {
    /**
     * Content hashes of the models.
     *
     * @param base of the base model
     * @param unaligned of its unaligned sibling; empty where no method needs it
     * @param external of what other tools have made
     * @param revision commit of the base model on the Hub, which decides nothing; absent for a folder of another kind
     */
    public record Models(
            String base,
            String unaligned,
            Map<External, String> external,
            @Nullable String revision) {
        /** Those that are not known yet. */
        public static final Models UNKNOWN = new Models("", "", Map.of(), null);
    }

    /**
     * Content hashes of prepared training rows.
     *
     * @param data of task and proxy
     * @param start of the previous stage; empty where there is none
     */
    public record Hashes(String data, String start) {}

    private static final LastMade<RunMatrix, List<RunSpec>> RUNS = new LastMade<>(); // each has a hash

    /** The runs, in the order above. */
    public List<RunSpec> runs() {
        return RUNS.of(this, matrix -> List.copyOf(matrix.make()));
    }

    private List<RunSpec> make() {
        List<RunSpec> runs = new ArrayList<>();
        Settings settings = settings();
        Map<String, Object> untouched = model();
        untouched.put("modelHash", models.base());
        untouched.put("method", RunSpec.BASE);
        runs.add(new Base(Run.planned(
                        Fingerprint.of(untouched),
                        RunSpec.BASE,
                        "",
                        0,
                        experiment.model(),
                        models.base(),
                        "",
                        Fingerprint.json(model()),
                        null)
                .withRevision(models.revision())));
        if (experiment.start() != null) {
            experiment.seeds().forEach(seed -> runs.add(start(experiment.start(), seed)));
        }
        for (Method method : experiment.trained()) {
            for (long seed : experiment.seeds()) {
                for (int epoch : experiment.points()) {
                    runs.add(trained(method, seed, epoch, settings));
                }
            }
        }
        Run base = runs.get(0).run();
        experiment
                .external()
                .forEach(each ->
                        runs.add(RunSpec.Given.of(each, models.external().getOrDefault(each, ""), base)));
        return runs;
    }

    /** Trainings that are no run, which the methods need first: each once, by id. */
    public Map<String, TrainingSpec> artefacts() {
        Map<String, TrainingSpec> artefacts = new LinkedHashMap<>();
        Stream<Method> asking =
                experiment.trained().stream().filter(method -> method.needs().contains(Artefact.PROXY_ADAPTER));
        if (asking.findAny().isPresent()) {
            for (long seed : experiment.seeds()) {
                TrainingSpec adapter = proxyAdapter(seed);
                artefacts.put(adapter.id(), adapter);
            }
        }
        return artefacts;
    }

    private Trained trained(Method method, long seed, int epoch, Settings settings) {
        String id = id(method, seed, epoch, settings);
        Run run = planned(id, MethodText.name(method), knobs(method, epoch), seed, settings);
        int last = experiment.training().epochs();
        String training = method.trains() && epoch != last ? id(method, seed, last, settings) : id;
        Map<Artefact, String> needs = new TreeMap<>();
        method.needs().forEach(artefact -> needs.put(artefact, id(artefact, seed, epoch, settings)));
        TrainingSpec spec = new TrainingSpec(
                training,
                TrainingSpec.RowSet.TASK,
                method,
                experiment.training(),
                seed,
                models.base(),
                previous(seed),
                needs);
        return new Trained(run, spec, epoch);
    }

    private String id(Artefact artefact, long seed, int epoch, Settings settings) {
        return switch (artefact) {
            case PROXY_ADAPTER -> proxyAdapter(seed).id();
            case STANDARD_ADAPTER -> id(new Standard(), seed, epoch, settings);
            case UNALIGNED_BASE -> models.unaligned();
        };
    }

    private TrainingSpec proxyAdapter(long seed) {
        Map<String, Object> decides = decides(Artefact.PROXY_ADAPTER.name(), "", seed, settings());
        if (experiment.start() != null) {
            decides.put("parent", previous(seed));
        }
        return new TrainingSpec(
                Fingerprint.of(decides),
                TrainingSpec.RowSet.PROXY,
                new Standard(),
                experiment.training(),
                seed,
                models.base(),
                previous(seed),
                Map.of());
    }

    private Trained start(Experiment.Start start, long seed) {
        Map<String, Object> shared = model();
        shared.put("lora", experiment.lora());
        shared.put("training", experiment.training().ofEpochs(start.epochs()));
        Settings settings = new Settings(hashes.start(), Fingerprint.json(shared));
        String id = Fingerprint.of(decides(RunSpec.START, "", seed, settings));
        TrainingSpec spec = new TrainingSpec(
                id,
                TrainingSpec.RowSet.START,
                new Standard(),
                experiment.training().ofEpochs(start.epochs()),
                seed,
                models.base(),
                "",
                Map.of());
        return new Trained(planned(id, RunSpec.START, "", seed, settings), spec, start.epochs());
    }

    /** Id of the previous stage's run; empty where there is none. */
    private String previous(long seed) {
        return experiment.start() == null
                ? ""
                : start(experiment.start(), seed).run().id();
    }

    /** What a run learns from and how, besides its method. */
    private record Settings(String dataHash, String json) {}

    private Settings settings() {
        Map<String, Object> settings = model();
        settings.put("lora", experiment.lora());
        settings.put("training", experiment.training());
        if (experiment.start() != null) {
            int epochs = experiment.start().epochs();
            settings.put(RunSpec.START, Map.of("dataHash", hashes.start(), "epochs", epochs));
        }
        return new Settings(hashes.data(), Fingerprint.json(settings));
    }

    /** Nothing for float32 and a chat as without a word of it, so that ids are those of runs made before there was a choice. */
    private Map<String, Object> model() {
        Map<String, Object> model = new TreeMap<>();
        if (experiment.dtype() != Precision.F32) {
            model.put("dtype", experiment.dtype());
        }
        Map<String, Object> chat = experiment.chat().decisive();
        if (!chat.isEmpty()) {
            model.put("chat", chat);
        }
        return model;
    }

    /** The method's knobs, and {@code epoch=e} where the training goes on after it. */
    private String knobs(Method method, int epoch) {
        String knobs = MethodText.knobs(method);
        if (epoch == experiment.training().epochs()) {
            return knobs;
        }
        return (knobs.isEmpty() ? "" : knobs + ",") + "epoch=" + epoch;
    }

    /**
     * A trained artefact is decided by data, settings and seed, which are all here; a given one by its contents, which are
     * added.
     */
    private String id(Method method, long seed, int epoch, Settings settings) {
        Map<String, Object> decides = decides(MethodText.name(method), knobs(method, epoch), seed, settings);
        if (experiment.start() != null) {
            decides.put("parent", previous(seed));
        }
        if (method.needs().contains(Artefact.UNALIGNED_BASE)) {
            decides.put("unalignedHash", models.unaligned());
        }
        return Fingerprint.of(decides);
    }

    private Map<String, Object> decides(String name, String knobs, long seed, Settings settings) {
        return new WeightsKey(
                        models.base(), settings.dataHash(), name, knobs, seed, settings.json(), Recipe.WEIGHTS, "")
                .decides();
    }

    private Run planned(String id, String method, String knobs, long seed, Settings settings) {
        return Run.planned(
                        id,
                        method,
                        knobs,
                        seed,
                        experiment.model(),
                        models.base(),
                        settings.dataHash(),
                        settings.json(),
                        Recipe.WEIGHTS)
                .withRevision(models.revision());
    }
}
