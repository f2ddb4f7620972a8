package org.selgen.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Judgements to scores. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Work out every run's capability and alignment, and the parts they are made of, with 95 %% intervals from a"
                    + " bootstrap over questions. Needs 'judge' first."
        })
public final class ScoreJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Override
    public Integer call() throws Exception {
        return options.write(wait, stages -> {
            stages.score();
            return 0;
        });
    }
}
