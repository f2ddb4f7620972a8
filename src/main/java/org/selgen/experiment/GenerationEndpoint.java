package org.selgen.experiment;

import java.io.Serializable;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.judge.endpoint.Endpoint;
import org.selgen.lm.Decoding;

/**
 * A server that has the base model and the runs' adapters, and answers in place of this machine or its cluster.
 *
 * @param endpoint the server; its {@code model} is what it calls the base model
 * @param adapters what it calls the other runs: {@code {run}} stands for the id
 * @param by who gives the answers, as the tables say it; the endpoint's address if empty. A name is for a server that is
 *     the same one at other addresses
 */
public record GenerationEndpoint(
        Endpoint endpoint,
        @Default("'{run}'") String adapters,
        @Default("''") String by) implements Serializable {
    private static final String RUN = "{run}";

    public GenerationEndpoint {
        if (!adapters.contains(RUN)) {
            throw new BadInput("generation.adapters is '" + adapters + "' but must contain " + RUN
                    + ", the place of a run's id, since each run has a name of its own; add it");
        }
        if (!by.matches("[A-Za-z0-9._:/@+-]*")) {
            throw new BadInput("generation.by is '" + by + "' but must be letters, digits and any of . _ : / @ + -;"
                    + " change it");
        }
    }

    /** What the server calls a run's model. */
    public String name(Run run) {
        return run.method().equals(Run.BASE) ? endpoint.model() : adapters.replace(RUN, run.id());
    }

    /**
     * What the tables call its answers: as {@code greedy,max=32,by=127.0.0.1:8000/v1,model=tiny}. They have no {@linkplain
     * Recipe recipe} of ours.
     */
    public String key(Decoding decoding) {
        return decoding.key(Recipe.FIRST) + ",by=" + (by.isEmpty() ? endpoint.address() : by) + ",model="
                + endpoint.model() + (adapters.equals(RUN) ? "" : ",adapters=" + adapters);
    }
}
