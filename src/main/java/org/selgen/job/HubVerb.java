package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.hub.Hub;
import org.selgen.hub.ModelLocator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the verbs of models share: the Hub, and where lines are printed. */
abstract class HubVerb implements Callable<Integer> {
    private final @Nullable Hub given;

    @Spec
    private CommandSpec spec;

    /** @param given the Hub to work with; that of this process' environment where there is none */
    HubVerb(@Nullable Hub given) {
        this.given = given;
    }

    @Override
    public final Integer call() throws IOException {
        return run(given == null ? ModelLocator.hub(this::say) : given);
    }

    /** Gives the exit code. */
    abstract int run(Hub hub) throws IOException;

    final void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
