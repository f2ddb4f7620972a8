package org.selgen.job;

import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.hub.Hub;
import org.selgen.hub.ModelId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads a model of the Hub. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = "Download what the Hub has now; what is here already is checked and kept.")
final class ModelFetchJob extends HubVerb {
    ModelFetchJob() {
        this(null);
    }

    ModelFetchJob(@Nullable Hub hub) {
        super(hub);
    }

    @Parameters(paramLabel = "NAME", description = "As org/name, or org/name@revision.")
    private String name = "";

    @Option(names = "--no-weights", description = "Configuration and tokenizer alone, which is all that 'plan' needs.")
    private boolean noWeights;

    @Override
    int run(Hub hub) {
        ModelId id = ModelId.of(name)
                .orElseThrow(() ->
                        new BadInput("model name '" + name + "' must be org/name or org/name@revision; correct it"));
        say((noWeights ? hub.describe(id) : hub.fetch(id)).toString());
        return 0;
    }
}
