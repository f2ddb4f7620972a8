package org.selgen.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.data.Example;
import org.selgen.data.Generation;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Answer;
import org.selgen.lm.Assistant;
import org.selgen.lm.ChatEncoder;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Method;
import org.selgen.method.SafeLora;
import org.selgen.tensor.DType;
import org.selgen.train.Course;
import org.selgen.train.ProxyRow;
import org.selgen.train.TrainResult;
import org.selgen.train.Training;

/** Trains and answers with the model itself, on the executor's own device. */
final class LocalEngine implements Engine {
    private static final int BATCH = 64;

    @Override
    public Trained train(Lesson lesson, Consumer<StepMetrics> told) {
        long begun = System.nanoTime();
        Run run = lesson.order().run();
        Experiment experiment = experiment(lesson.order().experiment());
        List<StepMetrics> steps = new ArrayList<>();
        try (LanguageModel model = LanguageModel.open(Path.of(lesson.model()), DType.F32);
                Course.Made made = made(lesson, experiment, model, told.andThen(steps::add))) {
            TrainResult result = made.result();
            boolean finished = result.status().equals(Run.FINISHED);
            if (finished) {
                LoraConfig lora = experiment.lora().ofRank(made.adapter().rank());
                keep(made.adapter(), new PeftConfig(lesson.model(), lora), adapter(lesson, run.id()));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Trained(ended(run, result, seconds, finished ? "adapters/" + run.id() : ""), steps);
        }
    }

    private static Course.Made made(
            Lesson lesson, Experiment experiment, LanguageModel model, Consumer<StepMetrics> told) {
        Training training = experiment.training();
        ChatEncoder encoder = model.encoder(training.maxTokens());
        Run run = lesson.order().run();
        Course course = new Course(
                model.decoder(),
                experiment.lora(),
                training,
                sequences(encoder, lesson.task(), training.lossOn()),
                pairs(encoder, lesson.proxy(), training.lossOn()),
                run.seed());
        Method method = experiment.methods().get(lesson.order().method());
        if (!(method instanceof SafeLora safe)) {
            return course.train(run.id(), method, told);
        }
        try (Adapter standard = Adapter.read(
                        adapter(lesson, lesson.order().parent()),
                        model.decoder().config());
                LanguageModel unaligned = safe.plane() == SafeLora.Plane.UNALIGNED_BASE
                        ? LanguageModel.open(Path.of(lesson.model() + Order.UNALIGNED), DType.F32)
                        : model) {
            return course.project(run.id(), safe, standard, unaligned.decoder());
        }
    }

    private static Path adapter(Lesson lesson, String run) {
        return Path.of(lesson.adapters(), run);
    }

    @Override
    public List<Generation> generate(Asking asking, Consumer<List<Generation>> told) {
        Decoding decoding = experiment(asking.experiment()).decoding();
        List<Generation> answers = new ArrayList<>();
        try (LanguageModel model = LanguageModel.open(Path.of(asking.model()), DType.F32);
                Adapter adapter = asking.adapter().isEmpty()
                        ? Adapter.none()
                        : Adapter.read(
                                Path.of(asking.adapter()), model.decoder().config())) {
            Assistant assistant = new Assistant(model.with(adapter), decoding);
            List<Asked> all = asking.questions().stream()
                    .sorted(Comparator.comparingInt(LocalEngine::length)) // like lengths together: little padding
                    .flatMap(q -> IntStream.range(0, decoding.samples()).mapToObj(sample -> new Asked(q, sample)))
                    .toList();
            for (int from = 0; from < all.size(); from += BATCH) {
                List<Asked> batch = all.subList(from, Math.min(all.size(), from + BATCH));
                List<Generation> some = answers(assistant, asking.run(), batch, decoding);
                answers.addAll(some);
                told.accept(some);
            }
        }
        return answers;
    }

    private record Asked(Question question, int sample) {
        /** Depends on the question and the sample alone, so that an answer does not depend on what else is asked. */
        long seed(Decoding decoding) {
            return 31L * decoding.seed() + (question.dataset() + "/" + question.id() + "/" + sample).hashCode();
        }
    }

    private static List<Generation> answers(Assistant assistant, Run run, List<Asked> batch, Decoding decoding) {
        List<List<Message>> chats =
                batch.stream().map(a -> a.question().prompt()).toList();
        long[] seeds = batch.stream().mapToLong(a -> a.seed(decoding)).toArray();
        List<Answer> answers = assistant.answers(chats, seeds);
        return IntStream.range(0, batch.size())
                .mapToObj(i -> new Generation(
                        run.id(),
                        batch.get(i).question().dataset(),
                        batch.get(i).question().id(),
                        batch.get(i).sample(),
                        decoding.key(),
                        answers.get(i).text(),
                        answers.get(i).finish(),
                        answers.get(i).tokens()))
                .toList();
    }

    private static Experiment experiment(String yaml) {
        return Yaml.bind(Yaml.parse(yaml, "the experiment"), Experiment.class, "the experiment");
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

    private static int length(Question question) {
        return question.prompt().stream()
                .mapToInt(turn -> turn.content().length())
                .sum();
    }

    /** The adapter's folder appears complete or not at all. One that an earlier attempt left is replaced. */
    private static void keep(Adapter adapter, PeftConfig config, Path folder) {
        Path unfinished = folder.resolveSibling("_" + folder.getFileName());
        adapter.write(unfinished, config);
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the adapter cannot be kept in " + folder, e);
        }
    }

    private static Run ended(Run run, TrainResult result, double seconds, String adapter) {
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
                "cpu",
                adapter);
    }
}
