package org.selgen.judge.endpoint;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.selgen.data.BadInput;
import org.selgen.data.ChatModel;
import org.selgen.data.Message;
import org.selgen.http.ApiKey;
import org.selgen.http.BoundedBody;
import org.selgen.http.RetryAfter;
import org.selgen.http.RetryPolicy.Attempts;
import org.selgen.judge.Completion;
import org.selgen.judge.JudgeModel;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.Rubric.Mode;
import org.selgen.judge.TokenLogprob;
import org.selgen.judge.endpoint.CompletionJson.Used;

/**
 * A model behind an {@link Endpoint}. One object makes all calls of a verb, on the driver: so its {@link
 * ConcurrencyLimiter} and its {@link Budget} are those of the whole cluster, and the key is read here alone and never
 * leaves this machine but to the endpoint.
 *
 * <p>A cut, late, damaged or failed reply (5xx, 408) is tried again after a wait that doubles, with jitter. A busy
 * service (429, or 503 with Retry-After) is waited for, all calls together, as long as it asks or patience lasts.
 * Other refusals are not tried again; 401, 403 and 404 stop the verb. Redirects are not followed: they could carry the
 * key elsewhere. Where first tokens could be only the first digits of numbers, one more call finds out ({@link NumberProbe}).
 */
public final class HttpChatModel implements ChatModel, JudgeModel {
    private static final int LONGEST_REPLY = 1024;
    private static final int LONGEST_BODY = 4 << 20;
    private static final int SHOWN = 300;

    private final Endpoint endpoint;
    private final ApiKey key;
    private final ConcurrencyLimiter limiter;
    private final Budget budget;
    private final NumberProbe probe = new NumberProbe();
    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /** @throws BadInput if the endpoint's key is not where it says */
    public HttpChatModel(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.key = endpoint.key();
        this.limiter = new ConcurrencyLimiter(endpoint.atOnce());
        this.budget = new Budget(endpoint);
    }

    /** @throws IllegalStateException if the endpoint gives no reply */
    @Override
    public String reply(List<Message> chat) {
        try {
            return complete(chat, LONGEST_REPLY, Mode.TEXT).content();
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

    @Override
    public Completion complete(String prompt, Mode mode) throws Unanswered, Spent, InterruptedException {
        Completion completion = complete(List.of(Message.user(prompt)), mode.mostTokens(), mode);
        return completion.mayBeDigits()
                ? completion.with(probe.find(text -> complete(List.of(Message.user(text)), mode.mostTokens(), mode)))
                : completion;
    }

    private Completion complete(List<Message> chat, int maxTokens, Mode mode)
            throws Unanswered, Spent, InterruptedException {
        String body = CompletionJson.request(endpoint.model(), chat, maxTokens, mode);
        Attempts attempts = endpoint.retries().attempts(body.hashCode());
        while (true) {
            try {
                return attempt(body, mode, attempts);
            } catch (FailedCall e) {
                if (!attempts.failed()) {
                    throw new Unanswered(e.getMessage() + "; tried " + attempts.failures() + " times", e.reply);
                }
                Thread.sleep(attempts.waitMillis());
            } catch (BusyService e) {
                attempts.refused();
                if (attempts.seconds() + e.pause.toMillis() / 1e3 > endpoint.patienceSeconds()) {
                    throw new Unanswered(
                            "the endpoint was busy for longer than patienceSeconds " + endpoint.patienceSeconds(),
                            e.reply);
                }
            }
        }
    }

    /** One call, within the limiter and the budget. */
    private Completion attempt(String body, Mode mode, Attempts attempts)
            throws FailedCall, BusyService, Unanswered, Spent, InterruptedException {
        long entered = limiter.enter();
        boolean open = true;
        double reserve = 0;
        try {
            reserve = budget.reserve(body.length(), attempts.repeated());
            Completion completion = read(send(body), mode, attempts);
            open = false;
            limiter.good();
            return completion;
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

    private HttpResponse<byte[]> send(String body) throws FailedCall, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.completions())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (key.present()) {
            request.header("Authorization", key.header());
        }
        CompletableFuture<HttpResponse<byte[]>> call =
                client.sendAsync(request.build(), info -> new BoundedBody(LONGEST_BODY));
        try {
            return call.get((long) (endpoint.timeoutSeconds() * 1e3), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FailedCall("no whole reply within " + endpoint.timeoutSeconds() + " s", "");
        } catch (ExecutionException e) {
            throw new FailedCall("the call failed: " + key.scrub(String.valueOf(e.getCause())), "");
        } finally {
            call.cancel(true); // no more bytes of a late reply; nothing for a finished one
        }
    }

    private Completion read(HttpResponse<byte[]> response, Mode mode, Attempts attempts)
            throws FailedCall, BusyService, Unanswered {
        String reply = shown(response.body());
        int status = response.statusCode();
        if (status == 429 || (status == 503 && RetryAfter.in(response).isPresent())) {
            Duration asked = RetryAfter.in(response).orElseGet(() -> Duration.ofMillis(attempts.refusalWaitMillis()));
            throw new BusyService(asked, reply);
        }
        if (status == 401 || status == 403 || status == 404) {
            throw new BadInput(endpoint.completions() + " answers " + status + " for model '" + endpoint.model() + "': "
                    + reply + "; correct the endpoint's url, model or key");
        }
        if (status >= 500 || status == 408 || status == 409 || status == 425) {
            throw new FailedCall("the endpoint answers " + status, reply);
        }
        if (status != 200) {
            throw new Unanswered("the endpoint answers " + status, reply);
        }
        return completion(response, mode, reply);
    }

    private Completion completion(HttpResponse<byte[]> response, Mode mode, String reply) throws FailedCall {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.contains("json")) {
            throw new FailedCall(
                    "the reply is of type '" + shown(type.getBytes(StandardCharsets.UTF_8)) + "', not JSON", reply);
        }
        try {
            Used used = CompletionJson.reply(response.body());
            budget.used(used.promptTokens(), used.replyTokens());
            Completion read = used.completion();
            if (mode == Mode.LOGPROB && read.top().isEmpty()) {
                throw new FailedCall(
                        "the reply has no log-probabilities; if none ever has, set the rubric's mode to text", reply);
            }
            return new Completion(
                    key.scrub(read.content()),
                    key.scrub(read.finish()),
                    read.top().stream()
                            .map(t -> new TokenLogprob(key.scrub(t.token()), t.logprob()))
                            .toList(),
                    read.numbers());
        } catch (IOException e) {
            throw new FailedCall(key.scrub(String.valueOf(e.getMessage())), reply);
        }
    }

    /** The beginning of a reply, on one line and without the key. */
    private String shown(byte[] body) {
        String text = key.scrub(new String(body, StandardCharsets.UTF_8))
                .replaceAll("\\s+", " ")
                .strip();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    @Override
    public String toString() {
        return endpoint.model() + " at " + endpoint.url();
    }
}
