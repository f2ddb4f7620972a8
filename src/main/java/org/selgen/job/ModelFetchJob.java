package org.selgen.job;

import java.util.concurrent.Callable;
import org.selgen.data.BadInput;
import org.selgen.hub.ModelId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Downloads a model of the Hub. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = "Download what the Hub has now; what is here already is checked and kept.")
final class ModelFetchJob implements Callable<Integer> {
    @ParentCommand
    private ModelJob model = new ModelJob();

    @Parameters(paramLabel = "NAME", description = "As org/name, or org/name@revision.")
    private String name = "";

    @Override
    public Integer call() {
        ModelId id = ModelId.of(name)
                .orElseThrow(() ->
                        new BadInput("model name '" + name + "' must be org/name or org/name@revision; correct it"));
        model.say(model.hub().fetch(id).toString());
        return 0;
    }
}
