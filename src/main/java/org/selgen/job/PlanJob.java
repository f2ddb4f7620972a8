package org.selgen.job;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.plan.Plan;
import org.selgen.plan.TrainingTimeEstimator;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Stages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Show what 'run' would do and what is done already: every run with its steps, tokens and time, the answers and"
                    + " verdicts to come, what judging models cost, disk, memory, and time by kind of device. Touches"
                    + " nothing. Refuses what 'run'"
                    + " would refuse, as a bad row, a model or a label that there is not.",
            "A time is 'seen' (finished runs of this model and method), 'scaled' (those of another method, by the"
                    + " operations of the two) or a 'guess' (operations by this machine's arithmetic). What is not known"
                    + " while a model of the Hub is still to be fetched is a '?'."
        },
        footerHeading = "%nExample:%n",
        footer = "  selgen plan conf/experiments/quickstart.yaml --set seeds=[0,1,2]")
public final class PlanJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Option(names = "--allow-leaks", description = "Go on where a question is also a training prompt.")
    private boolean allowLeaks;

    @Option(
            names = "--device-memory",
            paramLabel = "GIB",
            description = "Refuse what needs more memory on one device, and say which settings would fit.")
    private @Nullable Double deviceMemory;

    @Override
    public Integer call() throws Exception {
        Stages stages = options.look();
        Plan plan = stages.plan(
                allowLeaks ? OnLeak.GO_ON : OnLeak.STOP, TrainingTimeEstimator::here, () -> options.slots(stages));
        if (deviceMemory != null) {
            plan.refuseBeyond(deviceMemory);
        }
        plan.table().lines().forEach(options.out()::println);
        options.out().println();
        plan.notes().forEach(options.out()::println);
        options.out().flush();
        return 0;
    }
}
