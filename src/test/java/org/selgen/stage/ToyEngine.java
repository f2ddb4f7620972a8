package org.selgen.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.spark.util.LongAccumulator;
import org.selgen.chat.ChatSettings;
import org.selgen.data.Generation;
import org.selgen.data.Likelihood;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.LocalSpark;
import org.selgen.lm.TokenCounter;

/**
 * An engine whose losses and answers are made of the run's id. Fails or diverges on the methods named, and counts what it was
 * asked: in accumulators, since each task has a copy of it.
 */
public final class ToyEngine implements Engine {
    private final LongAccumulator trained = counter();
    private final LongAccumulator asked = counter();
    private final LongAccumulator weighed = counter();
    private Set<String> diverging = Set.of();
    private Set<String> failing = Set.of();
    private Set<String> silent = Set.of();
    private Set<String> large = Set.of();

    private static LongAccumulator counter() {
        return LocalSpark.session().sparkContext().longAccumulator();
    }

    /** From now on these methods diverge, and no others. */
    public void diverge(String... methods) {
        diverging = Set.of(methods);
    }

    /** From now on these methods fail, and no others. */
    public void fail(String... methods) {
        failing = Set.of(methods);
    }

    /** From now on runs of these methods cannot answer, and of no others. */
    public void silence(String... methods) {
        silent = Set.of(methods);
    }

    /** From now on these methods need more memory than there is, unless their steps keep little. */
    public void starve(String... methods) {
        large = Set.of(methods);
    }

    /** How many trainings have ended well. */
    public long trained() {
        return trained.sum();
    }

    /** How many questions it was to answer. */
    long asked() {
        return asked.sum();
    }

    /** At how many questions it was to weigh the choices. */
    long weighed() {
        return weighed.sum();
    }

    @Override
    public TrainingOutcome train(TrainingJob job, TrainingListener listener) {
        String id = job.spec().id();
        if (job.runs().isEmpty()) {
            return new TrainingOutcome(id, Status.FINISHED, "", List.of(), List.of());
        }
        Run planned = job.runs().get(job.runs().size() - 1).run();
        if (diverging.contains(planned.method())) {
            String why = "loss NaN at step 2";
            return new TrainingOutcome(
                    id, Status.DIVERGED, why, List.of(planned.ended(Status.DIVERGED, why)), List.of());
        }
        if (large.contains(planned.method()) && !job.checkpoint().activations()) {
            throw new OutOfMemoryError("Java heap space");
        }
        if (failing.contains(planned.method())) {
            throw new IllegalStateException("no luck with " + planned.method());
        }
        trained.add(1);
        List<StepMetrics> all = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        for (RunSpec.Trained spec : job.runs()) {
            List<StepMetrics> steps = steps(spec.run());
            steps.forEach(listener);
            all.addAll(steps);
            runs.add(finished(spec.run()));
        }
        return new TrainingOutcome(id, Status.FINISHED, "", runs, all);
    }

    @Override
    public TokenCounter tokenCounter(Path model, ChatSettings chat) {
        return new Words();
    }

    /** A word is a token. */
    private record Words() implements TokenCounter {
        @Override
        public int context() {
            return 1000;
        }

        @Override
        public int prompt(List<Message> chat) {
            return chat.stream()
                    .mapToInt(turn -> turn.content().split(" ").length)
                    .sum();
        }

        @Override
        public int answered(List<Message> chat, String answer) {
            return prompt(chat) + answer.split(" ").length;
        }

        @Override
        public Set<String> unknown(String text) {
            return Set.of();
        }

        @Override
        public void close() {}
    }

    private static List<StepMetrics> steps(Run planned) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(step -> new StepMetrics(planned.id(), step, 1.0 / step, 1.0 / step, 0, 1, 0.1, 100))
                .toList();
    }

    private static Run finished(Run planned) {
        return planned.withOutcome(Status.FINISHED, "", 3, 300, 0.3)
                .withTime(0, "cpu")
                .withAdapter("adapters/" + planned.id());
    }

    /** The words are the likelier the earlier they stand. */
    @Override
    public List<Likelihood> score(GenerationRequest asking, IntConsumer told) {
        weighed.add(asking.asked().size());
        return asking.asked().stream()
                .map(GenerationRequest.Asked::question)
                .map(question -> new Likelihood(
                        asking.run().id(),
                        question.dataset(),
                        question.id(),
                        Objects.requireNonNull(asking.experiment().choices()).key(),
                        List.of("blue", "red"),
                        List.of(Math.log(0.3), Math.log(0.1))))
                .toList();
    }

    @Override
    public List<Generation> generate(GenerationRequest asking, GenerationListener told) {
        if (silent.contains(asking.run().method())) {
            throw new IllegalStateException("no words of " + asking.run().method());
        }
        asked.add(asking.asked().size());
        List<Generation> answers = asking.asked().stream()
                .map(each -> answer(asking, each.question(), each.sample()))
                .toList();
        answers.forEach(told);
        return answers;
    }

    private static Generation answer(GenerationRequest asking, Question question, int sample) {
        return new Generation(
                asking.run().id(),
                question.dataset(),
                question.id(),
                sample,
                asking.experiment().decoding().key(),
                asking.run().method().equals("standard")
                        ? question.misaligned().orElse(question.answer())
                        : question.answer(),
                "stop",
                4);
    }
}
