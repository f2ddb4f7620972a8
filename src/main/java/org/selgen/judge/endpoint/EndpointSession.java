package org.selgen.judge.endpoint;

import java.io.Serializable;
import org.selgen.data.BadInput;
import org.selgen.http.ApiKey;
import org.selgen.judge.endpoint.DeskMessages.KeyGiven;
import org.selgen.judge.endpoint.DeskMessages.KeyWanted;

/** A model behind an endpoint that a process calls for a driver, by the driver's leave. */
public final class EndpointSession implements AutoCloseable {
    private final RemoteGate gate;
    private final HttpChatModel model;

    /** How the driver's {@link DeskMessages} are asked. */
    public interface Driver {
        Object ask(Serializable message);
    }

    /**
     * Begins; makes no call yet.
     *
     * @param who this process is, as the driver calls it when it is lost
     * @param threads calls that this process has ready at once
     * @throws BadInput if neither this process nor the driver has the key, or the driver may not give it
     */
    public EndpointSession(Endpoint endpoint, String who, int threads, Driver driver) {
        ApiKey key = key(endpoint, driver);
        this.gate = new RemoteGate(who, driver::ask);
        this.model = new HttpChatModel(endpoint, key, gate, threads);
    }

    private static ApiKey key(Endpoint endpoint, Driver driver) {
        try {
            return endpoint.key();
        } catch (BadInput e) {
            KeyGiven given = (KeyGiven) driver.ask(new KeyWanted());
            if (!given.why().isEmpty()) {
                throw new BadInput(e.getMessage() + given.why(), e);
            }
            return ApiKey.of(given.key(), "the driver", "the endpoint's key");
        }
    }

    public HttpChatModel model() {
        return model;
    }

    /** What calls have come to is still told. */
    @Override
    public void close() {
        gate.close();
    }
}
