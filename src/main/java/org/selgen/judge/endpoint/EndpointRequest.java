package org.selgen.judge.endpoint;

import java.util.Optional;

/** What is asked of an endpoint, whichever parameters it takes. */
interface EndpointRequest {
    /** The model's name there. */
    String model();

    /** The body of the call. */
    String json(RequestParameters parameters);

    boolean asksLogprobs(RequestParameters parameters);

    /** Most tokens of the reply. */
    int mostTokens(RequestParameters parameters);

    /**
     * The parameters to ask with again; empty if the error refuses none that can be given otherwise or left out.
     *
     * @throws org.selgen.data.BadInput if it refuses one that every request must have
     */
    Optional<RequestParameters> after(EndpointError error, RequestParameters sent);
}
