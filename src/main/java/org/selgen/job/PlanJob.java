package org.selgen.job;

import java.util.concurrent.Callable;
import org.selgen.plan.Plan;
import org.selgen.plan.TrainingTimeEstimator;
import org.selgen.stage.Stages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a run would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Show what 'run' would do and what is done already: every run with its steps, tokens and time, the answers and"
                    + " verdicts to come, what judging models cost, and the disk. Touches nothing.",
            "A time is 'seen' (finished runs of this model and method), 'scaled' (those of another method, by the"
                    + " operations of the two) or a 'guess' (operations by this machine's arithmetic). What is not known,"
                    + " as while a model is not here yet, is a '?' and a line that says why."
        },
        footerHeading = "%nExample:%n",
        footer = "  selgen plan conf/experiments/quickstart.yaml --set seeds=[0,1,2]")
public final class PlanJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Override
    public Integer call() throws Exception {
        Stages stages = options.look();
        Plan plan = Plan.of(stages.context(), stages.engine()::tokenCounter, TrainingTimeEstimator::here);
        plan.table().lines().forEach(options.out()::println);
        options.out().println();
        plan.notes().forEach(options.out()::println);
        options.out().flush();
        return 0;
    }
}
