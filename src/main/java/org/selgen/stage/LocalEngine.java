package org.selgen.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Likelihood;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.Choices;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.SharedModel;
import org.selgen.lake.Storage;
import org.selgen.lm.Answer;
import org.selgen.lm.Decoding;
import org.selgen.lm.LoglikelihoodScorer;
import org.selgen.lm.TokenCounter;
import org.selgen.spark.Answering;
import org.selgen.spark.Answering.Response;
import org.selgen.spark.BaseModels;

/** Trains and answers with the model itself, on the executor's own device. */
public final class LocalEngine implements Engine {
    private static final int BATCH = 64;

    @Override
    public TrainingOutcome train(TrainingJob job, TrainingListener listener) throws IOException {
        return new TrainingRunner(job, listener).run();
    }

    @Override
    public TokenCounter tokenCounter(Path model, ChatSettings chat) {
        return TokenCounter.open(model, chat);
    }

    @Override
    public List<Generation> generate(GenerationRequest request, GenerationListener listener) throws IOException {
        Experiment experiment = request.experiment();
        Decoding decoding = experiment.decoding();
        List<Generation> answers = new ArrayList<>();
        try (Answering.Open open = open(request, experiment)) {
            List<Sampled> all = request.questions().stream()
                    .sorted(Comparator.comparingInt(LocalEngine::length)) // like lengths together: little padding
                    .flatMap(q -> IntStream.range(0, decoding.samples()).mapToObj(sample -> new Sampled(q, sample)))
                    .toList();
            for (int from = 0; from < all.size(); from += BATCH) {
                List<Sampled> batch = all.subList(from, Math.min(all.size(), from + BATCH));
                List<Generation> some = answers(open, request.run(), batch, decoding, listener::working);
                answers.addAll(some);
                listener.accept(some);
            }
        }
        return answers;
    }

    @Override
    public List<Likelihood> score(GenerationRequest request, IntConsumer listener) throws IOException {
        Experiment experiment = request.experiment();
        Choices choices = Objects.requireNonNull(experiment.choices());
        try (Answering.Open open = open(request, experiment)) {
            List<double[]> logprobs = new LoglikelihoodScorer(open.model(), choices.after(), choices.words())
                    .logProbs(request.questions().stream().map(Question::prompt).toList(), listener);
            return IntStream.range(0, logprobs.size())
                    .mapToObj(i -> new Likelihood(
                            request.run().id(),
                            request.questions().get(i).dataset(),
                            request.questions().get(i).id(),
                            choices.key(),
                            choices.words(),
                            Arrays.stream(logprobs.get(i)).boxed().toList()))
                    .toList();
        }
    }

    private static Answering.Open open(GenerationRequest request, Experiment experiment) throws IOException {
        String hash = request.run().modelHash();
        Path model = SharedModel.local(request.model(), hash);
        String adapter = request.adapter().isEmpty()
                ? ""
                : Storage.of(request.adapter()).localCopy("").toString();
        Answering answering = new Answering(
                model.toString(), adapter, experiment.dtype().tensor(), experiment.decoding(), experiment.chat());
        return answering.open(BaseModels.SHARED.lease(model, hash, answering.type()));
    }

    private record Sampled(Question question, int sample) {
        /** Depends on the question and the sample alone, so that an answer does not depend on what else is asked. */
        long seed(Decoding decoding) {
            return decoding.seedOf(question.dataset(), question.id(), sample);
        }
    }

    private static List<Generation> answers(
            Answering.Open open, Run run, List<Sampled> batch, Decoding decoding, Runnable working) {
        List<Answering.Prompt> chats = batch.stream()
                .map(each -> new Answering.Prompt(each.question().prompt(), each.seed(decoding)))
                .toList();
        List<Response> answers = open.answers(chats, working);
        return IntStream.range(0, batch.size())
                .mapToObj(i -> row(run, batch.get(i), answers.get(i), decoding))
                .toList();
    }

    private static Generation row(Run run, Sampled sampled, Response answered, Decoding decoding) {
        Question question = sampled.question();
        Answer answer = answered.answer();
        if (answer == null) {
            throw new BadInput(question.dataset() + " " + question.id() + ": " + answered.error());
        }
        return new Generation(
                run.id(),
                question.dataset(),
                question.id(),
                sampled.sample(),
                decoding.key(),
                answer.text(),
                answer.finish(),
                answer.tokens());
    }

    private static int length(Question question) {
        return question.prompt().stream()
                .mapToInt(turn -> turn.content().length())
                .sum();
    }
}
