package org.selgen.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.selgen.data.Generation;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.lake.Depot;
import org.selgen.lm.Adapter;
import org.selgen.lm.Answer;
import org.selgen.lm.Assistant;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.tensor.DType;

/** Trains and answers with the model itself, on the executor's own device. */
final class LocalEngine implements Engine {
    private static final int BATCH = 64;

    @Override
    public Trained train(Lesson lesson, Consumer<StepMetrics> told) throws IOException {
        return new Apprenticeship(lesson, experiment(lesson.last().experiment()), told).trained();
    }

    @Override
    public List<Generation> generate(Asking asking, Consumer<List<Generation>> told) throws IOException {
        Decoding decoding = experiment(asking.experiment()).decoding();
        List<Generation> answers = new ArrayList<>();
        try (LanguageModel model = LanguageModel.open(
                        Depot.of(asking.model()).fetched(asking.run().modelHash()), DType.F32);
                Adapter adapter = asking.adapter().isEmpty()
                        ? Adapter.none()
                        : Adapter.read(
                                Depot.of(asking.adapter()).fetched(""),
                                model.decoder().config())) {
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

    private static int length(Question question) {
        return question.prompt().stream()
                .mapToInt(turn -> turn.content().length())
                .sum();
    }
}
