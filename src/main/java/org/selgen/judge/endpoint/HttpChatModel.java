package org.selgen.judge.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
import org.selgen.judge.VerdictJournal;
import org.selgen.judge.endpoint.AnswerRequest.Answered;
import org.selgen.judge.endpoint.CompletionJson.Used;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind an {@link Endpoint}. Calls of many processes pass one {@link CallDesk}, the driver's, so that limit and budget
 * are those of the whole cluster. The key is read where the calls are made, or else given by the driver.
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
    private static final Used NOTHING = new Used(Completion.refused("", ""), 0, 0);
    private static final List<String> ENDS = List.of("stop", "length");

    private final Endpoint endpoint;
    private final ApiKey key;
    private final EndpointHttp http;
    private final CallGate gate;
    private final int atOnce;
    private final ReplyReader reader;
    private final NumberProbe probe = new NumberProbe();
    private final ReentrantLock meeting = new ReentrantLock();

    /**
     * Whose calls are all made in this process.
     *
     * @throws BadInput if the endpoint's key is not where it says
     */
    public HttpChatModel(Endpoint endpoint) {
        this(endpoint, endpoint.key(), new CallDesk(endpoint, VerdictJournal.NONE), endpoint.atOnce());
    }

    /** @param atOnce calls of this process at the same time, at most */
    HttpChatModel(Endpoint endpoint, ApiKey key, CallGate gate, int atOnce) {
        this.endpoint = endpoint;
        this.key = key;
        this.gate = gate;
        this.atOnce = atOnce;
        this.http = new EndpointHttp(endpoint, key);
        this.reader = new ReplyReader(endpoint, key);
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
        return atOnce;
    }

    public Budget budget() {
        return gate.budget();
    }

    @Override
    public void kept() {
        gate.kept();
    }

    /** What the endpoint refused of the requests, as {@code no temperature}; empty if nothing. */
    public String refused() {
        return gate.taken().toString();
    }

    @Override
    public Completion complete(String prompt, Mode mode) throws Unanswered, Spent, InterruptedException {
        return looked(complete(request(prompt, mode)).completion(), mode);
    }

    /** The same, with how its tokens write numbers found out where that decides what it says. */
    Completion looked(Completion completion, Mode mode) throws Spent, InterruptedException {
        return completion.mayBeDigits()
                ? completion.with(
                        probe.find(text -> complete(request(text, mode)).completion()))
                : completion;
    }

    /** The same of a reply that there may not be. */
    Reply looked(Reply reply, Mode mode) throws Spent, InterruptedException {
        Completion completion = reply.completion();
        return completion == null ? reply : Reply.of(looked(completion, mode));
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
        if (!gate.met()) {
            meeting.lockInterruptibly();
            try {
                if (!gate.met()) {
                    return ask(request);
                }
            } finally {
                gate.meet();
                meeting.unlock();
            }
        }
        return ask(request);
    }

    private Used ask(EndpointRequest request) throws Unanswered, Spent, InterruptedException {
        Optional<RequestParameters> own = Optional.empty(); // parameters of this request alone, until it has a reply
        Attempts attempts =
                endpoint.retries().attempts(request.json(RequestParameters.ALL).hashCode());
        while (true) {
            try {
                Used reply = attempt(request, own, attempts);
                if (own.isPresent() && !reply.completion().refused()) {
                    gate.take(own.get());
                }
                return reply;
            } catch (RefusedParameter e) {
                LOG.info("{}; asked again with {}", e.getMessage(), e.rest);
                own = Optional.of(e.rest);
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

    /** One call, within limit and budget. */
    private Used attempt(EndpointRequest request, Optional<RequestParameters> own, Attempts attempts)
            throws FailedCall, BusyService, RefusedParameter, Unanswered, Spent, InterruptedException {
        RequestParameters parameters = own.orElseGet(gate::taken);
        long permit = gate.enter(call(request, parameters, attempts));
        while (own.isEmpty() && !gate.taken().equals(parameters)) { // another call has learnt meanwhile
            gate.leave(permit, new CallGate.Ended(CallGate.End.UNSENT, 0, 0, 0));
            parameters = gate.taken();
            permit = gate.enter(call(request, parameters, attempts));
        }
        CallGate.End end = CallGate.End.REFUSED;
        long pause = 0;
        AtomicReference<Used> used = new AtomicReference<>(NOTHING);
        try {
            Used reply = reader.read(http.complete(request.json(parameters)), request, parameters, attempts, used::set);
            end = CallGate.End.GOOD;
            return reply;
        } catch (BusyService e) {
            end = CallGate.End.BUSY;
            pause = e.pause.toMillis();
            throw e;
        } catch (FailedCall e) {
            end = CallGate.End.FAILED;
            throw e;
        } finally {
            gate.leave(
                    permit,
                    new CallGate.Ended(
                            end, used.get().promptTokens(), used.get().replyTokens(), pause));
        }
    }

    private static CallGate.Call call(EndpointRequest request, RequestParameters parameters, Attempts attempts) {
        return new CallGate.Call(
                request.json(parameters).length(), request.mostTokens(parameters), attempts.repeated());
    }

    @Override
    public String toString() {
        return endpoint.model() + " at " + endpoint.url();
    }
}
