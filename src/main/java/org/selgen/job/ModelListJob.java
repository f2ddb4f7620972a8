package org.selgen.job;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.selgen.hub.Hub;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists the models of the Hub's cache. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Show the models of the Hub's cache.")
final class ModelListJob implements Callable<Integer> {
    @ParentCommand
    private ModelJob model = new ModelJob();

    @Override
    public Integer call() throws IOException {
        List<Hub.Kept> kept = model.hub().list();
        for (Hub.Kept each : kept) {
            model.say(String.format(
                    "%-48s %9s  %s  %s",
                    each.id(),
                    Hub.size(each.bytes()),
                    each.whole() ? "whole     " : "incomplete",
                    each.folder().getFileName()));
        }
        model.say(kept.size() + " in " + model.hub().cache());
        return 0;
    }
}
