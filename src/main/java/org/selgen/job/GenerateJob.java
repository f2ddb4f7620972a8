package org.selgen.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs and questions to generations: one Spark task a run. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Generate the missing answers of every run of the experiment, the base model's too. Where the experiment has choices,"
                    + " also keep the probability of each of its words.",
            "Needs 'prepare' and 'train' first."
        })
public final class GenerateJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Mixin
    private MethodFilter methods = new MethodFilter();

    @Override
    public Integer call() throws Exception {
        return options.write(wait, all -> {
            return methods.of(all).generate() > 0 ? 1 : 0;
        });
    }
}
