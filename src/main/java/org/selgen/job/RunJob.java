package org.selgen.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All stages, one after the other. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Do everything: prepare, train, generate, judge, score, report.",
            "What is done already is not done again, so you may stop it and start it at will."
        })
public final class RunJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Mixin
    private TrackOptions trackers = new TrackOptions();

    @Override
    public Integer call() throws Exception {
        return options.write(wait, stages -> {
            int failed = stages.all();
            trackers.showAfterwards(stages);
            return stages.summary() + failed > 0 ? 1 : 0;
        });
    }
}
