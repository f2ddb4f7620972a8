package org.selgen.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.selgen.lm.Assistant;
import org.selgen.lm.Assistant.Answer;
import org.selgen.lm.Decoding;
import org.selgen.lm.LoglikelihoodScorer;
import org.selgen.lm.TokenCounter;
import org.selgen.spark.Answering;
import org.selgen.spark.Answering.Response;
import org.selgen.spark.BaseModels;
import org.selgen.stage.GenerationRequest.Asked;

/** Trains and answers with the model itself, on the executor's own device. */
public final class LocalEngine implements Engine {
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
        List<Asked> asked = request.asked();
        List<Answering.Prompt> prompts = asked.stream()
                .map(each -> new Answering.Prompt(each.question().prompt(), each.seed(decoding)))
                .toList();
        Assistant.Listener told = new Assistant.Listener() {
            @Override
            public void token() {
                listener.token();
            }

            @Override
            public void answered(int number, Answer answer) {
                listener.accept(row(request.run(), asked.get(number), new Response(answer, null), decoding));
            }
        };
        try (Answering.Open open = open(request, experiment)) {
            List<Response> answers = open.answers(prompts, request.batch(), told);
            return IntStream.range(0, asked.size())
                    .mapToObj(i -> row(request.run(), asked.get(i), answers.get(i), decoding))
                    .toList();
        }
    }

    @Override
    public List<Likelihood> score(GenerationRequest request, IntConsumer listener) throws IOException {
        Experiment experiment = request.experiment();
        Choices choices = Objects.requireNonNull(experiment.choices());
        try (Answering.Open open = open(request, experiment)) {
            List<double[]> logprobs = new LoglikelihoodScorer(open.model(), choices.after(), choices.words())
                    .logProbs(
                            request.asked().stream()
                                    .map(each -> each.question().prompt())
                                    .toList(),
                            listener);
            return IntStream.range(0, logprobs.size())
                    .mapToObj(i -> new Likelihood(
                            request.run().id(),
                            request.asked().get(i).question().dataset(),
                            request.asked().get(i).question().id(),
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

    private static Generation row(Run run, Asked asked, Response answered, Decoding decoding) {
        Question question = asked.question();
        Answer answer = answered.answer();
        if (answer == null) {
            throw new BadInput(question.dataset() + " " + question.id() + ": " + answered.error());
        }
        return new Generation(
                run.id(),
                question.dataset(),
                question.id(),
                asked.sample(),
                decoding.key(),
                answer.text(),
                answer.finish(),
                answer.tokens());
    }
}
