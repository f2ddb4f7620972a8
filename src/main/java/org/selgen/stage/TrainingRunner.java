package org.selgen.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.selgen.chat.ChatFiles;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.SharedModel;
import org.selgen.experiment.TrainingSpec;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.ReferenceCache;
import org.selgen.method.Stopping;
import org.selgen.spark.BaseModels;
import org.selgen.tensor.DType;
import org.selgen.tensor.Device;
import org.selgen.train.AdapterCheck;
import org.selgen.train.Checkpoints;
import org.selgen.train.MethodTrainer;
import org.selgen.train.MethodTrainer.TrainedAdapter;
import org.selgen.train.RowEncoder;
import org.selgen.train.TrainResult;
import org.selgen.train.Training;
import org.selgen.train.TrainingCallbacks;

/** One training on the executor's own device: rows to tokens, the method, and a folder for each adapter it leaves. */
final class TrainingRunner {
    private final TrainingJob job;
    private final TrainingSpec spec;
    private final Engine.TrainingListener listener;
    private final List<StepMetrics> steps = new ArrayList<>();

    TrainingRunner(TrainingJob job, Engine.TrainingListener listener) {
        this.job = job;
        this.spec = job.spec();
        this.listener = listener;
    }

    TrainingOutcome run() throws IOException {
        long begun = System.nanoTime();
        Training training = spec.training();
        DType type = job.experiment().dtype().tensor();
        Path model = SharedModel.local(job.places().model(), spec.modelHash());
        try (BaseModels.SharedModel lease = BaseModels.SHARED.lease(model, spec.modelHash(), type);
                Adapter previous = previous(lease.model());
                ReferenceCache references = ReferenceCache.open(type)) {
            RowEncoder rows = new RowEncoder(
                    lease.model().with(job.experiment().chat()).encoder(training.maxTokens()), training.lossOn());
            MethodTrainer trainer = new MethodTrainer(
                    decoder(lease.model()).withReference(previous, references),
                    training,
                    rows.rows(job.rows()),
                    rows.proxies(job.proxy()),
                    spec.seed(),
                    rows.evaluation(job.heldOut().task(), job.heldOut().proxy(), training.batch()));
            if (spec.measures()) {
                LanguageModel reference =
                        lease.model().with(job.experiment().chat()).with(previous);
                try (OpenPrerequisites made = new OpenPrerequisites(job, trainer.base(), listener::working)) {
                    put(
                            job.places().artefacts().at(spec.id()),
                            new ProxyMeasurement(job, made.prerequisites(), reference).of(trainer.proxySteps()));
                }
                return ended(new TrainResult(Status.FINISHED, "", 0, 0, 0), (System.nanoTime() - begun) / 1e9);
            }
            try (OpenPrerequisites made = new OpenPrerequisites(job, trainer.base(), listener::working);
                    TrainedAdapter left = trained(trainer, made)) {
                if (left.result().status() == Status.FINISHED
                        && (job.runs().isEmpty() || !spec.method().trains())) {
                    keep(trainer, spec.id(), left.adapter());
                }
                return ended(left.result(), (System.nanoTime() - begun) / 1e9);
            } catch (BadInput e) {
                // model and rows were fine: it concerns this training alone
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    private Decoder decoder(LanguageModel model) {
        Decoder decoder = model.decoder().withDropout(job.experiment().lora().dropout(), spec.weightsSeed());
        return job.checkpoint().activations() ? decoder.checkpointed() : decoder;
    }

    /** What the previous stage has left; nothing where there was none. */
    private Adapter previous(LanguageModel model) throws IOException {
        return spec.previous().isEmpty()
                ? Adapter.none()
                : Adapter.read(
                        adapter(spec.previous()).localCopy(""), model.decoder().config());
    }

    private TrainedAdapter trained(MethodTrainer trainer, OpenPrerequisites made) throws IOException {
        Storage saved = job.places().checkpoints().at(spec.id());
        boolean resumed = saved.exists();
        Path folder = saved.open();
        Map<Integer, RunSpec> byEpoch = new TreeMap<>();
        job.runs().forEach(run -> byEpoch.put(run.epoch(), run));
        Set<Integer> points = byEpoch.entrySet().stream()
                // an attempt that was stopped has left the adapters of the epochs before
                .filter(at -> !(resumed && there(at.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        TrainingCallbacks callbacks = new TrainingCallbacks(
                listener::resumes,
                listener.andThen(steps::add),
                job.lastEpoch(),
                points,
                (epoch, adapter) -> keep(trainer, byEpoch.get(epoch).run().id(), adapter),
                Checkpoints.in(folder, job.checkpoint(), Clock.systemUTC(), () -> save(saved, folder)),
                listener::working);
        try {
            return trainer.train(spec.id(), spec.method(), made.prerequisites(), callbacks);
        } finally {
            saved.release(folder);
        }
    }

    private Storage adapter(String run) {
        return job.places().adapters().at(run);
    }

    private boolean there(RunSpec run) {
        try {
            return adapter(run.run().id()).exists();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the adapters in " + job.places().adapters().uri() + " cannot be listed", e);
        }
    }

    private static void save(Storage saved, Path folder) {
        try {
            saved.save(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoints cannot be kept in " + saved.uri(), e);
        }
    }

    /** Checks that the adapter is active and keeps it. The folder appears complete or not at all; an older one is replaced. */
    private void keep(MethodTrainer trainer, String id, Adapter adapter) {
        AdapterCheck.active(trainer.base(), adapter, trainer.task());
        Storage folder = job.runs().isEmpty() ? job.places().artefacts().at(id) : adapter(id);
        put(folder, staging -> {
            adapter.write(
                    staging,
                    new PeftConfig(
                            job.experiment().model(), job.experiment().lora().ofRank(adapter.rank())));
            ChatFiles.write(staging, job.experiment().chat());
        });
    }

    private static void put(Storage folder, Consumer<Path> writing) {
        Path staging = folder.staging();
        writing.accept(staging);
        try {
            folder.put(staging);
        } catch (IOException e) {
            throw new UncheckedIOException("what was made cannot be kept in " + folder.uri(), e);
        }
    }

    /** A row for each run: those before a divergence have finished. */
    private TrainingOutcome ended(TrainResult result, double seconds) {
        int epoch = spec.training().stepsOfAnEpoch(job.rows().size());
        List<Run> runs = new ArrayList<>();
        List<StepMetrics> all = new ArrayList<>();
        for (RunSpec.Trained run : job.runs()) {
            int reached = Math.min(steps.size(), run.epoch() * epoch);
            boolean whole = result.status() == Status.FINISHED || reached < steps.size();
            List<StepMetrics> own = steps.subList(0, reached);
            TrainResult end = whole && reached > 0 ? TrainResult.finished(own) : result;
            runs.add(row(run.run(), end, seconds * reached / Math.max(1, steps.size()))
                    .withEpoch(epoch(run, own)));
            own.forEach(step -> all.add(step.of(run.run().id())));
        }
        return new TrainingOutcome(spec.id(), result.status(), result.reason(), runs, all);
    }

    /** The epoch whose adapter a run is. */
    private int epoch(RunSpec.Trained run, List<StepMetrics> own) {
        List<Stopping.HeldOutLoss> losses = Stopping.losses(own);
        return spec.method()
                .stopping()
                .filter(stop -> !losses.isEmpty())
                .map(stop -> stop.leaves(losses))
                .orElse(run.epoch());
    }

    private static Run row(Run run, TrainResult result, double seconds) {
        return run.withOutcome(result.status(), result.reason(), result.steps(), result.tokens(), result.loss())
                .withTime(seconds, Device.current())
                .withAdapter(result.status() == Status.FINISHED ? Lake.adapterPath(run.id()) : "");
    }
}
