package org.selgen.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Scores to tables and pictures. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Draw capability against alignment of every run, with a table and a page. Needs 'score' first.",
            "Writes scores.csv, frontier.png, frontier.svg and index.html to report/EXPERIMENT in the lake; regions.png and"
                    + " regions.svg where the experiment has regions."
        })
public final class ReportJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Override
    public Integer call() throws Exception {
        return options.write(wait, stages -> {
            stages.report();
            return 0;
        });
    }
}
