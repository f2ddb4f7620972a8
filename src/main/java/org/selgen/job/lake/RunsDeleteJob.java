package org.selgen.job.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.selgen.experiment.RunInventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes runs of a lake. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = {
            "Say what would go with some runs: their rows in every table, adapters and checkpoints; with --yes, delete it."
                    + " Nothing of another run is touched. A run from whose adapter another was made is refused.",
            "An experiment that has such a run makes it again when it is run. Scores over all seeds of a setting, and"
                    + " differences to it, are worked out anew by 'score'."
        })
final class RunsDeleteJob implements Callable<Integer> {
    @Mixin
    private DeletionOptions options = new DeletionOptions();

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Ids of runs, or their beginnings.")
    private List<String> runs = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        return options.delete(lake -> new RunInventory(lake).deletion(runs));
    }
}
