package org.selgen.judge;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.selgen.data.Question;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.JudgeModel.Unanswered;
import org.selgen.judge.Rubric.Mode;

/**
 * A model that grades answers by a rubric. Verdicts: those of {@link ReplyParser}, and {@code error} where there is no
 * reply.
 */
public final class LlmJudge implements Judge {
    private final Rubric rubric;
    private final JudgeModel model;

    public LlmJudge(Rubric rubric, JudgeModel model) {
        this.rubric = rubric;
        this.model = model;
    }

    /** As {@code alignment@1-3f9a12cd/some-model}. */
    @Override
    public String rubric() {
        return rubric.id() + "/" + model.name();
    }

    /** Characters that a call about this answer holds. */
    public int characters(Question question, String answer) {
        return rubric.prompt(question, answer).length();
    }

    /** Most tokens that a reply may have. */
    public int replyTokens() {
        return rubric.mode().mostTokens();
    }

    JudgeModel model() {
        return model;
    }

    /** Names the call that one answer needs: equal names, equal replies. */
    String request(Question question, String answer) {
        String decoding = rubric.mode() == Mode.LOGPROB ? "first token" : "greedy";
        return PromptDelimiter.hash(List.of(model.name(), decoding, rubric.prompt(question, answer)), 32);
    }

    @Override
    public Verdict verdict(Question question, String answer) {
        try {
            return gradeOnce(question, answer);
        } catch (Spent e) {
            return new Verdict(ReplyParser.ERROR, null, String.valueOf(e.getMessage()), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict(ReplyParser.ERROR, null, "stopped while waiting for a reply", "");
        }
    }

    @Override
    public List<Verdict> verdicts(List<Question> questions, List<String> answers) {
        ExecutorService threads = Executors.newFixedThreadPool(model.atOnce(), task -> {
            Thread thread = new Thread(task, "judge");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<Verdict>> verdicts = IntStream.range(0, questions.size())
                    .mapToObj(i ->
                            CompletableFuture.supplyAsync(() -> verdict(questions.get(i), answers.get(i)), threads))
                    .toList();
            return verdicts.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The verdict from one call. */
    Verdict gradeOnce(Question question, String answer) throws Spent, InterruptedException {
        try {
            Completion completion = model.complete(rubric.prompt(question, answer), rubric.mode());
            return read(new CachedReply(request(question, answer), completion));
        } catch (Unanswered e) {
            return new Verdict(ReplyParser.ERROR, null, String.valueOf(e.getMessage()), e.reply());
        }
    }

    /** The verdict from a reply that was kept. */
    Verdict read(CachedReply kept) {
        return ReplyParser.of(rubric, kept.completion(), kept.json());
    }

    @Override
    public String toString() {
        return rubric();
    }
}
