package org.selgen.job;

import java.util.concurrent.Callable;
import org.selgen.stage.PrepareStage.OnLeak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sources to checked rows to Parquet. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        description = {
            "Make or read the experiment's datasets, check every row, keep them as Parquet.",
            "Prompts that stand in two of them go to the table leaks. One that is a training prompt and a question stops"
                    + " the verb."
        })
public final class PrepareJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Option(names = "--allow-leaks", description = "Go on where a question is also a training prompt.")
    private boolean allowLeaks;

    @Override
    public Integer call() throws Exception {
        return options.write(wait, stages -> {
            stages.prepare(allowLeaks ? OnLeak.GO_ON : OnLeak.STOP);
            return 0;
        });
    }
}
