package org.selgen.judge.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selgen.data.BadInput;
import org.selgen.http.ApiKey;
import org.selgen.http.RetryPolicy.Attempts;

/** The models that an endpoint says it has, by {@code GET /models}. */
record ModelList(Endpoint endpoint, EndpointHttp http, ApiKey key) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Their names; none where the endpoint has no such list.
     *
     * @throws BadInput if it cannot be reached, or refuses us
     */
    Optional<List<String>> names() throws InterruptedException {
        URI place = URI.create(endpoint.base() + "/models");
        Attempts attempts = endpoint.retries().attempts(place.hashCode());
        while (true) {
            try {
                return read(place, http.get(place));
            } catch (FailedCall e) {
                if (!attempts.failed()) {
                    throw new BadInput(place + ": " + e.getMessage() + "; tried " + attempts.failures()
                            + " times; start the server, or correct the endpoint's url");
                }
                Thread.sleep(attempts.waitMillis());
            }
        }
    }

    private Optional<List<String>> read(URI place, HttpResponse<byte[]> response) throws FailedCall {
        int status = response.statusCode();
        String said = EndpointError.of(response.body(), key).after(place + " answers " + status);
        if (List.of(404, 405, 501).contains(status)) {
            return Optional.empty();
        }
        if (status == 429 || status >= 500) {
            throw new FailedCall(said, "");
        }
        if (status != 200) {
            throw new BadInput(said + "; correct the endpoint's url or key");
        }
        try {
            JsonNode data = JSON.readTree(response.body()).path("data");
            List<String> names = new ArrayList<>();
            data.forEach(model ->
                    names.add(EndpointError.shown(key.scrub(model.path("id").asText()))));
            return data.isArray() ? Optional.of(names) : Optional.empty();
        } catch (IOException e) {
            throw new FailedCall("the list of models is not JSON", "");
        }
    }
}
