package org.selgen.judge.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.selgen.data.BadInput;
import org.selgen.data.ChatModel;
import org.selgen.data.Message;
import org.selgen.http.ApiKey;
import org.selgen.http.RetryPolicy.Attempts;
import org.selgen.judge.Completion;
import org.selgen.judge.JudgeModel;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.Rubric.Mode;
import org.selgen.judge.endpoint.AnswerRequest.Answered;
import org.selgen.judge.endpoint.CompletionJson.Used;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind an {@link Endpoint}. One object makes all calls of a verb, on the driver: so its {@link
 * ConcurrencyLimiter} and its {@link Budget} are those of the whole cluster, and the key is read here alone and never
 * leaves this machine but to the endpoint.
 *
 * <p>A cut, late, damaged or failed reply (5xx, 408) is tried again after a wait that doubles, with jitter. A busy
 * service (429, or 503 with Retry-After) is waited for, all calls together, as long as it asks or patience lasts.
 * Other refusals are not tried again; 401, 403 and 404 stop the verb. Redirects are not followed: they could carry the
 * key elsewhere. Where first tokens could be only the first digits of numbers, one more call finds out ({@link NumberProbe}).
 *
 * <p>A parameter that the endpoint refuses is given otherwise or left out, once, and for all calls that follow: so the first
 * call goes alone; a setting of an answer is never left out. A refusal of the model, or of a filter of its service, is a
 * judge's reply and no answer.
 */
public final class HttpChatModel implements ChatModel, JudgeModel {
    private static final Logger LOG = LoggerFactory.getLogger(HttpChatModel.class);
    private static final int LONGEST_REPLY = 1024;
    private static final List<String> ENDS = List.of("stop", "length");

    private final Endpoint endpoint;
    private final ApiKey key;
    private final EndpointHttp http;
    private final ConcurrencyLimiter limiter;
    private final Budget budget;
    private final ReplyReader reader;
    private final NumberProbe probe = new NumberProbe();
    private final ReentrantLock meeting = new ReentrantLock();
    private volatile boolean met;
    private volatile RequestParameters taken = RequestParameters.ALL;

    /** @throws BadInput if the endpoint's key is not where it says */
    public HttpChatModel(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.key = endpoint.key();
        this.http = new EndpointHttp(endpoint, key);
        this.limiter = new ConcurrencyLimiter(endpoint.atOnce());
        this.budget = new Budget(endpoint);
        this.reader = new ReplyReader(endpoint, key, budget);
    }

    /** @throws IllegalStateException if the endpoint gives no reply */
    @Override
    public String reply(List<Message> chat) {
        try {
            Completion completion = complete(new ChatRequest(endpoint.model(), chat, LONGEST_REPLY, Mode.TEXT))
                    .completion();
            if (completion.refused()) {
                throw new IllegalStateException("the endpoint refused: " + completion.content());
            }
            return completion.content();
        } catch (Unanswered | Spent e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for " + endpoint.url(), e);
        }
    }

    @Override
    public String name() {
        return endpoint.model();
    }

    @Override
    public int atOnce() {
        return endpoint.atOnce();
    }

    public Budget budget() {
        return budget;
    }

    /** What the endpoint refused of the requests, as {@code no temperature}; empty if nothing. */
    public String refused() {
        return taken.toString();
    }

    @Override
    public Completion complete(String prompt, Mode mode) throws Unanswered, Spent, InterruptedException {
        Completion completion = complete(request(prompt, mode)).completion();
        return completion.mayBeDigits()
                ? completion.with(
                        probe.find(text -> complete(request(text, mode)).completion()))
                : completion;
    }

    /**
     * The answer of a model there, which may be another than the endpoint's.
     *
     * @throws Unanswered if there is none to this request, or one that did not end as an answer does
     * @throws BadInput if the endpoint refuses a setting of the request, or us
     */
    public Answered answer(AnswerRequest request) throws Unanswered, Spent, InterruptedException {
        Used reply = complete(request);
        Completion completion = reply.completion();
        String text = completion.content().strip();
        if (!ENDS.contains(completion.finish())) {
            throw new Unanswered("the answer ended with '" + completion.finish() + "', not with stop or length", text);
        }
        if (reply.replyTokens() == 0 && !text.isEmpty()) {
            throw new Unanswered("the reply does not say how many tokens it has (usage.completion_tokens)", text);
        }
        return new Answered(text, completion.finish(), (int) reply.replyTokens());
    }

    /**
     * The models that the endpoint lists; empty where it has no list.
     *
     * @throws BadInput if it cannot be reached, or refuses us
     */
    public Optional<List<String>> models() throws InterruptedException {
        return new ModelList(endpoint, http, key).names();
    }

    private ChatRequest request(String prompt, Mode mode) {
        return new ChatRequest(endpoint.model(), List.of(Message.user(prompt)), mode.mostTokens(), mode);
    }

    private Used complete(EndpointRequest request) throws Unanswered, Spent, InterruptedException {
        if (!met) {
            meeting.lockInterruptibly();
            try {
                if (!met) {
                    return ask(request);
                }
            } finally {
                met = true;
                meeting.unlock();
            }
        }
        return ask(request);
    }

    private Used ask(EndpointRequest request) throws Unanswered, Spent, InterruptedException {
        RequestParameters begun = taken;
        RequestParameters tried = begun;
        Attempts attempts =
                endpoint.retries().attempts(request.json(RequestParameters.ALL).hashCode());
        while (true) {
            try {
                Used reply = attempt(request, tried, attempts);
                if (!tried.equals(begun) && !reply.completion().refused()) {
                    taken = tried;
                }
                return reply;
            } catch (RefusedParameter e) {
                LOG.info("{}; asked again with {}", e.getMessage(), e.rest);
                tried = e.rest;
            } catch (FailedCall e) {
                if (!attempts.failed()) {
                    throw new Unanswered(e.getMessage() + "; tried " + attempts.failures() + " times", e.reply);
                }
                Thread.sleep(attempts.waitMillis());
            } catch (BusyService e) {
                attempts.refused();
                if (attempts.seconds() + e.pause.toMillis() / 1e3 > endpoint.patienceSeconds()) {
                    throw new Unanswered(
                            "the endpoint was busy for longer than patienceSeconds " + endpoint.patienceSeconds()
                                    + (e.reply.isEmpty() ? "" : ": " + e.reply),
                            e.reply);
                }
            }
        }
    }

    /** One call, within the limiter and the budget. */
    private Used attempt(EndpointRequest request, RequestParameters parameters, Attempts attempts)
            throws FailedCall, BusyService, RefusedParameter, Unanswered, Spent, InterruptedException {
        String body = request.json(parameters);
        long entered = limiter.enter();
        boolean open = true;
        double reserve = 0;
        try {
            reserve = budget.reserve(body.length(), request.mostTokens(parameters), attempts.repeated());
            Used reply = reader.read(http.complete(body), request, parameters, attempts);
            open = false;
            limiter.good();
            return reply;
        } catch (BusyService e) {
            open = false;
            budget.busy();
            limiter.busy(entered, e.pause);
            throw e;
        } catch (FailedCall e) {
            open = false;
            limiter.failed();
            throw e;
        } finally {
            budget.settle(reserve);
            if (open) {
                limiter.leave();
            }
        }
    }

    @Override
    public String toString() {
        return endpoint.model() + " at " + endpoint.url();
    }
}
