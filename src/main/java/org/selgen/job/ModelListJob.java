package org.selgen.job;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selgen.file.ByteSize;
import org.selgen.hub.Hub;
import picocli.CommandLine.Command;

/** Lists the models of the Hub's cache. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Show the models of the Hub's cache.")
final class ModelListJob extends HubVerb {
    ModelListJob() {
        this(null);
    }

    ModelListJob(@Nullable Hub hub) {
        super(hub);
    }

    @Override
    int run(Hub hub) throws IOException {
        List<Hub.Kept> kept = hub.list();
        for (Hub.Kept each : kept) {
            say(String.format(
                    "%-48s %9s  %s  %s",
                    each.id(),
                    ByteSize.decimal(each.bytes()),
                    each.whole() ? "whole     " : "incomplete",
                    each.folder().getFileName()));
        }
        say(kept.size() + " in " + hub.cache());
        return 0;
    }
}
