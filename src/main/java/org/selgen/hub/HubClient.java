package org.selgen.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.selgen.data.BadInput;
import org.selgen.http.ApiKey;

/**
 * Speaks HTTP with the Hub. Redirects are followed by hand, so that the token goes to the Hub's own host alone, and never
 * from https back to http.
 */
final class HubClient {
    private static final int MOST_HOPS = 5;
    private static final int MOST_LISTING_BYTES = 16 << 20;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final URI endpoint;
    private final ApiKey token;
    private final HubRetries retries;

    /** @throws BadInput if the token would travel readable for all */
    HubClient(URI endpoint, ApiKey token, HubRetries retries) {
        this.endpoint = endpoint;
        this.token = token;
        this.retries = retries;
        if (token.present() && !ApiKey.maySendTo(endpoint)) {
            throw new BadInput("HF_ENDPOINT is " + endpoint + ", where the token would travel readable for all; give an"
                    + " https address, or take the token away");
        }
    }

    /** The address that HF_ENDPOINT gives. */
    static URI endpoint(String text) {
        try {
            URI uri = URI.create(text.replaceAll("/+$", ""));
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new BadInput("HF_ENDPOINT is no web address; correct it, as https://huggingface.co", e);
        }
        throw new BadInput("HF_ENDPOINT must be http(s)://host without a name, a password or a query; correct it, as"
                + " https://huggingface.co");
    }

    /** What the Hub has of a model. */
    RepoFiles listing(ModelId id) {
        String revision = id.revision().replace("/", "%2F");
        URI uri = endpoint.resolve(
                endpoint.getPath() + "/api/models/" + id.repository() + "/revision/" + revision + "?blobs=true");
        return retries.until(id, () -> {
            try (HttpReply reply = open(uri, 0, id);
                    InputStream body = reply.body()) {
                byte[] bytes = body.readNBytes(MOST_LISTING_BYTES + 1);
                if (bytes.length > MOST_LISTING_BYTES) {
                    throw new BadInput("the Hub's list of files of model '" + id + "' has more than "
                            + MOST_LISTING_BYTES + " bytes; check HF_ENDPOINT, or choose another model");
                }
                return RepoFiles.parse(new String(bytes, StandardCharsets.UTF_8), id);
            } catch (IOException e) {
                throw new TransientException(
                        "the Hub's list of files of model '" + id + "' was cut (" + e.getMessage() + ")", e);
            }
        });
    }

    /** A file of a model from byte {@code from} on, which the server may ignore; the status tells. */
    HttpReply file(ModelId id, String commit, RemoteFile file, long from) throws TransientException {
        String path = endpoint.getPath() + "/" + id.repository() + "/resolve/" + commit + "/";
        return open(endpoint.resolve(path + encoded(file.name())), from, id);
    }

    private static String encoded(String name) {
        try {
            return new URI(null, null, "/" + name, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new BadInput("file name '" + name + "' cannot stand in an address; choose another model", e);
        }
    }

    private HttpReply open(URI uri, long from, ModelId id) throws TransientException {
        URI at = uri;
        for (int hop = 0; hop <= MOST_HOPS; hop++) {
            HttpReply reply = connect(at, from, id);
            if (!REDIRECTS.contains(reply.status())) {
                return HttpErrors.checked(reply, at, id, token.present());
            }
            reply.close();
            at = next(at, reply.header("Location"), id);
        }
        throw new BadInput("the Hub redirects more than " + MOST_HOPS + " times for model '" + id
                + "'; check HF_ENDPOINT, or try again later");
    }

    private HttpReply connect(URI at, long from, ModelId id) throws TransientException {
        boolean home = sameHost(at);
        try {
            HttpURLConnection request = (HttpURLConnection) at.toURL().openConnection();
            request.setInstanceFollowRedirects(false);
            request.setUseCaches(false);
            request.setConnectTimeout(Math.min(retries.stallMillis(), 20_000));
            request.setReadTimeout(retries.stallMillis());
            request.setRequestProperty("User-Agent", "selgen");
            request.setRequestProperty("Accept-Encoding", "identity"); // a range of compressed bytes would be of no use
            if (from > 0) {
                request.setRequestProperty("Range", "bytes=" + from + "-");
            }
            if (home && token.present()) {
                request.setRequestProperty("Authorization", token.header());
            }
            return new HttpReply(request.getResponseCode(), request, home);
        } catch (IOException e) {
            throw new TransientException(
                    at.getHost() + " cannot be reached for model '" + id + "' ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private URI next(URI at, String location, ModelId id) throws TransientException {
        URI next;
        try {
            next = at.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new TransientException(at.getHost() + " redirects to no address for model '" + id + "'", e);
        }
        boolean web =
                "https".equals(next.getScheme()) || ("http".equals(next.getScheme()) && "http".equals(at.getScheme()));
        if (location.isEmpty() || !web || next.getHost() == null) {
            throw new BadInput(at.getHost() + " redirects to a place that is not " + at.getScheme() + " for model '"
                    + id + "'; check HF_ENDPOINT, or try again later");
        }
        return next;
    }

    private boolean sameHost(URI at) {
        return endpoint.getScheme().equals(at.getScheme())
                && endpoint.getHost().equalsIgnoreCase(at.getHost())
                && endpoint.getPort() == at.getPort();
    }
}
