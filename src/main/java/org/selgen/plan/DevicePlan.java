package org.selgen.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.cluster.ProgressDisplay;
import org.selgen.data.BadInput;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.MethodText;
import org.selgen.file.ByteSize;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.method.Method;
import org.selgen.method.Standard;
import org.selgen.plan.MemoryEstimate.Bytes;
import org.selgen.plan.MemoryEstimate.MicroBatch;
import org.selgen.tensor.DType;
import org.selgen.train.Forecast.ProxyLength;
import org.selgen.train.Training;

/**
 * What the trainings and the answering of an experiment need on one device, at most, and how long they take on devices of
 * each class, one task after the other.
 */
public final class DevicePlan {
    private static final double GIB = 1 << 30;
    private static final double HOUR = 3600;

    private final Experiment experiment;
    private final DecoderConfig model;
    private final TokenCounts tokens;

    private DevicePlan(Experiment experiment, DecoderConfig model, TokenCounts tokens) {
        this.experiment = experiment;
        this.model = model;
        this.tokens = tokens;
    }

    /** None while the model's shape or its tokens are not known. */
    static Optional<DevicePlan> of(Experiment experiment, PlanInputs inputs) {
        return inputs.model()
                .flatMap(model -> inputs.tokens().map(tokens -> new DevicePlan(experiment, model, tokens)));
    }

    /** What decides the memory of a training: rows of a micro-batch, the type of the model's matrices, and what is kept. */
    private record Setting(int batch, int proxyBatch, int accumulation, DType type, boolean checkpointed) {}

    private Setting setting() {
        Training training = experiment.training();
        return new Setting(
                training.batch(),
                training.proxyBatch(),
                training.accumulation(),
                experiment.dtype().tensor(),
                experiment.checkpoint().activations());
    }

    /** Of a training by the method that needs most. */
    private Bytes training(Setting setting) {
        return training(heaviest(setting), setting);
    }

    private Bytes training(Method method, Setting setting) {
        return estimate(setting).training(method, experiment.training().optimizer(), rows(method, setting));
    }

    private MemoryEstimate estimate(Setting setting) {
        return new MemoryEstimate(model, experiment.lora(), setting.type(), setting.checkpointed());
    }

    private Method heaviest(Setting setting) {
        return experiment.trained().stream()
                .filter(Method::trains)
                .max(Comparator.comparingLong(
                        method -> training(method, setting).all()))
                .orElse(new Standard());
    }

    /** All rows as long as the longest of their kind. */
    private MicroBatch rows(Method method, Setting setting) {
        long first = method.needs().stream()
                .mapToInt(artefact -> TrainingWorks.longest(artefact, tokens))
                .max()
                .orElse(0);
        long task = Math.max(
                first, Math.max(TokenCounts.longest(tokens.task(method)), TokenCounts.longest(tokens.start())));
        long proxy = longest(ProxyLength::answer) * (long) method.passes().proxy();
        long rejected = longest(ProxyLength::rejected) * (long) method.passes().rejected();
        long all = setting.batch() * task + setting.proxyBatch() * (proxy + rejected);
        long learnt = TokenCounts.longest(tokens.learnt());
        long rows = setting.batch()
                + (long) setting.proxyBatch()
                        * (method.passes().proxy() + method.passes().rejected());
        boolean prompts = experiment.training().lossOn() == Training.LossOn.ALL;
        return new MicroBatch(all, prompts ? all : Math.min(all, learnt * rows));
    }

    private int longest(ToIntFunction<ProxyLength> part) {
        return tokens.proxy().stream().mapToInt(part).max().orElse(0);
    }

    private Bytes answering(Setting setting, int most) {
        return estimate(setting).answering(TokenCounts.longest(tokens.prompts()), most);
    }

    /**
     * For people.
     *
     * @param missing answers still to come
     */
    List<String> lines(TaskEstimator estimator, long missing) {
        Setting setting = setting();
        Bytes training = training(setting);
        Bytes answering = answering(setting, experiment.decoding().maxTokens());
        long here = served() ? 0 : missing;
        List<String> lines = new ArrayList<>();
        lines.add("memory of a training, at most: "
                + parts(training, "graph of a micro-batch by " + MethodText.name(heaviest(setting))));
        if (!served()) {
            lines.add("memory of answering, at most: " + parts(answering, "keys and values"));
        }
        double operations = estimator.training();
        double answers = estimator.answering(here, experiment.decoding().maxTokens());
        double read = Math.ceil(here / (double) MemoryEstimate.GENERATED)
                * experiment.decoding().maxTokens()
                * estimate(setting).weights();
        for (DeviceClass device : DeviceClass.values()) {
            String what = "on a " + device.title() + " with " + device.gib() + " GiB: ";
            double seconds =
                    device.training(operations, setting.type()) + device.answering(answers, read, setting.type());
            lines.add(what
                    + (fits(training, device.gib()) && (served() || fits(answering, device.gib()))
                            ? "about " + time(seconds) + (served() ? " of training" : " of training and answering")
                                    + ", one after the other"
                            : "does not fit; " + mend(device.gib())));
        }
        return lines;
    }

    private static String parts(Bytes bytes, String work) {
        return ByteSize.binary(bytes.all()) + " (weights " + ByteSize.binary(bytes.weights())
                + ", adapter and optimizer " + ByteSize.binary(bytes.adapter()) + ", " + work + " "
                + ByteSize.binary(bytes.work()) + ")";
    }

    private static String time(double seconds) {
        return seconds < HOUR ? ProgressDisplay.time(seconds) : String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
    }

    /**
     * Refuses what one device could not hold.
     *
     * @throws BadInput naming settings that would fit
     */
    void refuseBeyond(double gib) {
        Setting setting = setting();
        Bytes training = training(setting);
        Bytes answering = answering(setting, experiment.decoding().maxTokens());
        if (!fits(training, gib) || !(served() || fits(answering, gib))) {
            throw new BadInput(String.format(
                    Locale.ROOT,
                    "a training needs up to %s and answering up to %s, but --device-memory is %.1f GiB; %s",
                    ByteSize.binary(training.all()),
                    ByteSize.binary(answering.all()),
                    gib,
                    mend(gib)));
        }
    }

    /** Whether a server gives the answers, so that they need nothing here. */
    private boolean served() {
        return experiment.generation() != null;
    }

    private static boolean fits(Bytes bytes, double gib) {
        return bytes.all() <= gib * GIB;
    }

    /**
     * The settings that would fit: first those that leave every optimizer step what it is, by smaller micro-batches, then by
     * computing activations again; then bfloat16 beside them.
     */
    private String mend(double gib) {
        List<DType> types = setting().type() == DType.F32
                ? List.of(DType.F32, DType.BF16)
                : List.of(setting().type());
        for (DType type : types) {
            Optional<Setting> smaller = Stream.of(setting().checkpointed(), true)
                    .flatMap(checkpointed -> divisions().mapToObj(parts -> part(type, parts, checkpointed)))
                    .filter(each -> fits(training(each), gib))
                    .findFirst();
            Optional<Integer> most = IntStream.iterate(
                            experiment.decoding().maxTokens(), tokens -> tokens > 0, tokens -> tokens / 2)
                    .boxed()
                    .filter(tokens -> served() || fits(answering(part(type, 1, true), tokens), gib))
                    .findFirst();
            if (smaller.isPresent() && most.isPresent()) {
                return "give " + words(smaller.get(), most.get());
            }
        }
        return "no such settings fit; shorten the rows, or take a larger device or a smaller model";
    }

    /** In how many parts a micro-batch can be divided so that all parts are alike, the fewest first. */
    private IntStream divisions() {
        int batch = experiment.training().batch();
        int proxyBatch = experiment.training().proxyBatch();
        return IntStream.rangeClosed(1, batch).filter(parts -> batch % parts == 0 && proxyBatch % parts == 0);
    }

    private Setting part(DType type, int parts, boolean checkpointed) {
        Training training = experiment.training();
        return new Setting(
                training.batch() / parts,
                training.proxyBatch() / parts,
                training.accumulation() * parts,
                type,
                checkpointed);
    }

    private String words(Setting setting, int most) {
        List<String> words = new ArrayList<>();
        if (setting.type() != setting().type()) {
            words.add("dtype: bf16");
        }
        if (setting.accumulation() != experiment.training().accumulation()) {
            words.add("training.batch: " + setting.batch() + ", training.proxyBatch: " + setting.proxyBatch()
                    + ", training.accumulation: " + setting.accumulation() + " (the same steps in less memory)");
        }
        if (setting.checkpointed() && !experiment.checkpoint().activations()) {
            words.add("checkpoint.activations: true (the same steps, half as long again)");
        }
        if (most != experiment.decoding().maxTokens()) {
            words.add("decoding.maxTokens: " + most);
        }
        return String.join(", ", words);
    }
}
