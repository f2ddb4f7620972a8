package org.selgen.hub;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.selgen.data.BadInput;
import org.selgen.http.RetryAfter;

/** What a reply's status means. The text of a server's reply is not repeated: it is not trusted. */
final class HttpErrors {
    private HttpErrors() {}

    /**
     * The reply, if it is one to read.
     *
     * @throws TransientException if trying again may help
     * @throws BadInput if it cannot
     */
    static HttpReply checked(HttpReply reply, URI at, ModelId id, boolean token) throws TransientException {
        int status = reply.status();
        if (status == 200 || status == 206 || status == 416) {
            return reply;
        }
        reply.close();
        String answer = at.getHost() + " answers " + status + " for model '" + id + "'";
        if (status == 429 || (status == 503 && !reply.header("Retry-After").isEmpty())) {
            throw busy(reply, answer);
        }
        // A store's signed address runs out; the Hub gives a new one.
        if (status >= 500 || status == 408 || (!reply.home() && (status == 403 || status == 401))) {
            throw new TransientException(answer);
        }
        throw new BadInput(answer + ", that is, " + meaning(reply, at, id, token));
    }

    private static TransientException busy(HttpReply reply, String answer) {
        return RetryAfter.parse(reply.header("Retry-After").strip(), Instant.now())
                .map(wait -> TransientException.busy(answer + " and asks to wait", wait.toMillis()))
                .orElseGet(() -> new TransientException(answer));
    }

    private static String meaning(HttpReply reply, URI at, ModelId id, boolean token) {
        String page = at.getScheme() + "://" + at.getAuthority() + "/" + id.repository();
        String error = reply.header("X-Error-Code").toLowerCase(Locale.ROOT);
        if (error.equals("revisionnotfound")) {
            return "it has no revision '" + id.revision() + "'; correct what stands behind the @";
        }
        return switch (reply.status()) {
            case 401, 403 ->
                "it is gated, private or not there; ask for access at " + page
                        + (token ? " with the account of your token" : " and put your token in HF_TOKEN")
                        + ", or correct the name";
            case 404 -> "there is no such model or file; correct the name";
            default -> "it refuses; check HF_ENDPOINT, or choose another model";
        };
    }
}
