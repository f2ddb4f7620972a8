package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.GenerationEndpoint;
import org.selgen.experiment.RunSpec;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.JudgeModel.Unanswered;
import org.selgen.judge.endpoint.AnswerRequest;
import org.selgen.judge.endpoint.HttpChatModel;
import org.selgen.judge.endpoint.PaidCalls;
import org.selgen.lm.Decoding;

/**
 * Has the finished runs answer at a server, by the client of judging: calls are made here, on the driver, under one budget. The
 * table is the cache: only answers without a row are asked for, and each is kept as it comes.
 */
final class EndpointAnswers {
    private static final int SHOWN = 20;

    private final ExperimentContext context;
    private final GenerationEndpoint generation;
    private final String key;
    private final HttpChatModel model;
    private final Consumer<String> out;

    /**
     * Makes no call yet.
     *
     * @param out is given lines that say what is done
     * @throws BadInput if the endpoint's key is not where it should be
     */
    EndpointAnswers(ExperimentContext context, GenerationEndpoint generation, Consumer<String> out) {
        this.context = context;
        this.generation = generation;
        this.key = context.experiment().answerKey();
        this.model = new HttpChatModel(generation.endpoint());
        this.out = out;
    }

    /** One answer to be had. */
    private record Asked(Run run, Question question, int sample) {}

    /**
     * Asks for what is missing.
     *
     * @return how many answers failed; the others are kept, and the next time these are asked for again
     * @throws BadInput if a run's model is not there, the server refuses a setting, or the budget is spent; what there is is
     *     kept
     */
    int run() throws IOException {
        List<Asked> missing = missing();
        if (missing.isEmpty()) {
            out.accept("generate: nothing is missing");
            return 0;
        }
        try {
            checkServed(missing);
            out.accept("generate: " + generation.endpoint().address() + " needs " + missing.size() + " calls");
            tellOfTemplate();
            Map<String, Object> variables = context.experiment().chat().readBy(context.model());
            PaidCalls<Generation> calls = new PaidCalls<>(generation.endpoint().atOnce());
            calls.make(
                    missing,
                    each -> answer(each, variables),
                    rows -> context.lake().generations().put(rows));
            out.accept("generate: " + calls.kept() + " answers, " + calls.failed() + " failed; " + model.budget()
                    + (model.refused().isEmpty() ? "" : "; asked with " + model.refused()));
            return left(calls, missing.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "stopped while asking " + generation.endpoint().url(), e);
        }
    }

    private List<Asked> missing() throws IOException {
        int samples = context.experiment().decoding().samples();
        List<Question> questions = List.copyOf(context.questions().values());
        List<Run> runs = context.finished();
        GivenAnswers given = new GivenAnswers(
                context.lake().generations().rows().where(col("decoding").equalTo(key)),
                runs.stream().map(Run::id).toList(),
                questions,
                samples);
        List<Asked> missing = new ArrayList<>();
        for (Run run : runs) {
            for (int row : given.missing(run.id())) {
                missing.add(new Asked(run, questions.get(row / samples), row % samples));
            }
        }
        return missing;
    }

    /** Refuses a run that the server does not have, before any call is paid. */
    private void checkServed(List<Asked> missing) throws InterruptedException {
        Optional<List<String>> listed = model.models();
        if (listed.isEmpty()) {
            out.accept("generate: " + generation.endpoint().address()
                    + " lists no models; the first call to one that it lacks will end this verb");
            return;
        }
        List<String> names = listed.get();
        missing.stream()
                .map(Asked::run)
                .filter(run -> !names.contains(generation.name(run)))
                .findFirst()
                .ifPresent(run -> {
                    throw new BadInput("run " + run.id() + " (" + RunSpec.title(run) + ") is asked as model '"
                            + generation.name(run) + "', which "
                            + generation.endpoint().url()
                            + " does not list (it lists " + shown(names) + "); serve "
                            + (run.adapter().isEmpty() ? "it" : "the lake's " + run.adapter())
                            + " there by that name, or correct generation.endpoint.model or generation.adapters");
                });
    }

    private static String shown(List<String> names) {
        int more = names.size() - SHOWN;
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.subList(0, Math.min(names.size(), SHOWN)))
                        + (more > 0 ? " and " + more + " more" : "");
    }

    private void tellOfTemplate() {
        ChatSettings chat = context.experiment().chat();
        if (!chat.template().isBlank() || !chat.date().isEmpty()) {
            out.accept(
                    "generate: chat.template and chat.date cannot be sent; the server must have been started with them");
        }
    }

    private Generation answer(Asked asked, Map<String, Object> variables)
            throws Unanswered, Spent, InterruptedException {
        Decoding decoding = context.experiment().decoding();
        Question question = asked.question();
        long seed = decoding.seedOf(question.dataset(), question.id(), asked.sample());
        AnswerRequest.Answered answered = model.answer(new AnswerRequest(
                generation.name(asked.run()),
                question.prompt(),
                decoding.maxTokens(),
                decoding.temperature(),
                decoding.topP(),
                (int) seed & Integer.MAX_VALUE, // 31 bits, which all servers take
                variables));
        return new Generation(
                asked.run().id(),
                question.dataset(),
                question.id(),
                asked.sample(),
                key,
                answered.text(),
                answered.finish(),
                answered.tokens());
    }

    private int left(PaidCalls<Generation> calls, int asked) {
        int left = asked - calls.kept();
        if (model.budget().spent()) {
            throw new BadInput("the budget of generation.endpoint is spent and " + left
                    + " answers are missing; run again to go on, or raise its maxCalls or maxCost");
        }
        if (left > 0) {
            out.accept("generate: " + calls.failed() + " of " + asked + " answers failed at "
                    + generation.endpoint().url() + " (" + calls.reasons()
                    + "); the others are kept, and the next 'generate' asks for the " + left + " that are missing");
        }
        return left;
    }
}
