package org.selgen.job.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.selgen.experiment.RunNeeds;
import org.selgen.lake.GarbageSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes what no run of a lake needs. */
@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = {
            "Say what the lake has that no run needs, as killed commands and deleted runs leave it: drafts, adapters and"
                    + " artefacts without a run, checkpoints of trainings that have ended, rows of runs that are deleted,"
                    + " files of tables that only versions older than a week need; with --yes, delete it.",
            "What a training that was stopped may go on from stays for some days. Models, raw files and prepared rows stay."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  selgen gc               # only says what would go", "  selgen gc --yes --older=0"})
public final class GcJob implements Callable<Integer> {
    @Mixin
    private DeletionOptions options = new DeletionOptions();

    @Option(
            names = "--older",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "What a stopped training may go on from goes when it was last written so many days ago"
                    + " (default: ${DEFAULT-VALUE}).")
    private int older;

    @Override
    public Integer call() throws Exception {
        Instant before = Instant.now().minus(Duration.ofDays(older));
        return options.delete(lake -> GarbageSearch.find(lake, RunNeeds::adapters, before));
    }
}
