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
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Storage;
import org.selgen.lm.Adapter;
import org.selgen.lm.ChatEncoder;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.ReferenceCache;
import org.selgen.lm.Sequence;
import org.selgen.method.Method;
import org.selgen.method.SafeLora;
import org.selgen.spark.BaseModels;
import org.selgen.stage.Engine.Trained;
import org.selgen.stage.Engine.TrainingJob;
import org.selgen.tensor.DType;
import org.selgen.tensor.Device;
import org.selgen.train.AdapterCheck;
import org.selgen.train.Checkpoints;
import org.selgen.train.MethodTrainer;
import org.selgen.train.ProxyRow;
import org.selgen.train.TrainResult;
import org.selgen.train.Training;
import org.selgen.train.TrainingCallbacks;

/** One training on the executor's own device: rows to tokens, the course, and an adapter's folder for each run. */
final class TrainingRunner {
    private final TrainingJob lesson;
    private final Experiment experiment;
    private final Consumer<StepMetrics> told;
    private final Method method;
    private final List<StepMetrics> steps = new ArrayList<>();

    TrainingRunner(TrainingJob lesson, Experiment experiment, Consumer<StepMetrics> told) {
        this.lesson = lesson;
        this.experiment = experiment;
        this.told = told;
        this.method = lesson.last().taught(experiment);
    }

    Trained trained() throws IOException {
        long begun = System.nanoTime();
        Training training = lesson.last().loop(experiment);
        String hash = lesson.last().run().modelHash();
        DType type = experiment.dtype().tensor();
        try (BaseModels.Lease lease =
                        BaseModels.HERE.lease(Storage.of(lesson.model()).fetched(hash), hash, type);
                Adapter before = before(lease.model());
                ReferenceCache said = ReferenceCache.open(type)) {
            LanguageModel model = lease.model();
            ChatEncoder encoder = model.encoder(training.maxTokens());
            MethodTrainer course = new MethodTrainer(
                    model.decoder().restingOn(before, said),
                    experiment.lora(),
                    training,
                    sequences(encoder, lesson.task(), training.lossOn()),
                    pairs(encoder, lesson.proxy(), training.lossOn()),
                    lesson.last().run().seed());
            try (MethodTrainer.TrainedAdapter made = made(course)) {
                if (method.beginsFromStandard() && made.result().status().equals(Run.FINISHED)) {
                    keep(course, lesson.last(), made.adapter());
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                return ended(
                        made.result(),
                        seconds,
                        training.stepsOfAnEpoch(lesson.task().size()));
            } catch (BadInput e) {
                // model and rows were fine: it concerns this run alone
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    /** What the stage before has left; nothing where there was none. */
    private Adapter before(LanguageModel model) throws IOException {
        boolean goesOn = !lesson.last().parent().isEmpty() && !method.beginsFromStandard();
        return goesOn
                ? Adapter.read(
                        adapter(lesson.last().parent()).fetched(""),
                        model.decoder().config())
                : Adapter.none();
    }

    private MethodTrainer.TrainedAdapter made(MethodTrainer course) throws IOException {
        String training = lesson.last().training();
        Storage saved = Storage.of(lesson.checkpoints()).at(training);
        boolean resumed = saved.exists();
        Path folder = saved.open();
        Map<Integer, RunSpec> orders = new TreeMap<>();
        lesson.orders().forEach(order -> orders.put(order.epoch(), order));
        Set<Integer> points = orders.values().stream()
                // an attempt that was stopped has left the adapters of the epochs before
                .filter(order -> !(resumed && there(order)))
                .map(RunSpec::epoch)
                .collect(Collectors.toSet());
        TrainingCallbacks watch = new TrainingCallbacks(
                told.andThen(steps::add),
                lesson.last().epoch(),
                points,
                (epoch, adapter) -> keep(course, orders.get(epoch), adapter),
                Checkpoints.in(folder, experiment.checkpoint(), Clock.systemUTC(), () -> save(saved, folder)));
        try {
            return method instanceof SafeLora safe
                    ? projected(course, safe, watch)
                    : course.train(training, method, watch);
        } finally {
            saved.release(folder);
        }
    }

    private MethodTrainer.TrainedAdapter projected(MethodTrainer course, SafeLora safe, TrainingCallbacks watch)
            throws IOException {
        RunSpec order = lesson.last();
        try (Adapter standard =
                Adapter.read(adapter(order.parent()).fetched(""), course.base().config())) {
            if (safe.plane() == SafeLora.Plane.PROXY_ADAPTER) {
                return course.project(order.run().id(), safe, standard, course.base(), watch);
            }
            Path folder = Storage.of(lesson.model() + RunSpec.UNALIGNED).fetched("");
            try (BaseModels.Lease unaligned =
                    BaseModels.HERE.lease(folder, experiment.dtype().tensor())) {
                return course.project(
                        order.run().id(), safe, standard, unaligned.model().decoder(), watch);
            }
        }
    }

    private Storage adapter(String run) {
        return Storage.of(lesson.adapters()).at(run);
    }

    private boolean there(RunSpec order) {
        try {
            return adapter(order.run().id()).exists();
        } catch (IOException e) {
            throw new UncheckedIOException("the adapters in " + lesson.adapters() + " cannot be looked at", e);
        }
    }

    private static void save(Storage saved, Path folder) {
        try {
            saved.save(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoints cannot be kept in " + saved.uri(), e);
        }
    }

    /** Proves the adapter active and keeps it. */
    private void keep(MethodTrainer course, RunSpec order, Adapter adapter) {
        AdapterCheck.active(course.base(), adapter, course.task());
        keep(
                adapter,
                new PeftConfig(lesson.model(), experiment.lora().ofRank(adapter.rank())),
                adapter(order.run().id()));
    }

    /** The adapter's folder appears complete or not at all. One that an earlier attempt left is replaced. */
    private static void keep(Adapter adapter, PeftConfig config, Storage folder) {
        Path draft = folder.draft();
        adapter.write(draft, config);
        try {
            folder.put(draft);
        } catch (IOException e) {
            throw new UncheckedIOException("the adapter cannot be kept in " + folder.uri(), e);
        }
    }

    /** A row for each run: those before a divergence have finished. */
    private Trained ended(TrainResult result, double seconds, int stepsOfAnEpoch) {
        List<Run> runs = new ArrayList<>();
        List<StepMetrics> all = new ArrayList<>();
        for (RunSpec order : lesson.orders()) {
            int reached = Math.min(steps.size(), order.epoch() * stepsOfAnEpoch);
            boolean whole = result.status().equals(Run.FINISHED) || reached < steps.size();
            List<StepMetrics> own = steps.subList(0, reached);
            TrainResult end = whole && reached > 0 ? TrainResult.finished(own) : result;
            runs.add(row(order.run(), end, seconds * reached / Math.max(1, steps.size())));
            own.forEach(step -> all.add(step.of(order.run().id())));
        }
        return new Trained(lesson.last().training(), runs, all);
    }

    private static Run row(Run run, TrainResult result, double seconds) {
        return new Run(
                run.id(),
                run.method(),
                run.knobs(),
                run.seed(),
                run.model(),
                run.modelHash(),
                run.dataHash(),
                run.settings(),
                result.status(),
                result.reason(),
                result.steps(),
                result.tokens(),
                result.loss(),
                seconds,
                Device.here(),
                result.status().equals(Run.FINISHED) ? "adapters/" + run.id() : "");
    }

    private static List<Sequence> sequences(ChatEncoder encoder, List<Example> rows, Training.LossOn lossOn) {
        Stream<Sequence> answered = rows.stream().map(row -> encoder.answered(row.prompt(), row.answer()));
        return switch (lossOn) {
            case ANSWER -> answered.toList();
            case ALL -> answered.map(Sequence::whole).toList();
        };
    }

    private static List<ProxyRow> pairs(ChatEncoder encoder, List<Example> rows, Training.LossOn lossOn) {
        return rows.stream()
                .map(row -> {
                    Sequence answer = sequences(encoder, List.of(row), lossOn).get(0);
                    return new ProxyRow(
                            answer,
                            row.misaligned()
                                    .map(rejected -> encoder.answered(row.prompt(), rejected))
                                    .orElse(null));
                })
                .toList();
    }
}
