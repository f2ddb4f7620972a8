package org.selgen.job;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.stage.TrainAndGenerate;
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
    private ExperimentOptions conf = new ExperimentOptions();

    @Override
    public Integer call() throws Exception {
        return conf.write(RunJob::run);
    }

    private static int run(ExperimentContext bench) throws IOException {
        PrepareJob.run(bench, PrepareJob.OnLeak.STOP);
        TrainAndGenerate.all(bench);
        JudgeJob.run(bench);
        ScoreJob.run(bench);
        ReportJob.run(bench);
        return ended(bench);
    }

    /** Says how the runs ended; 1 if any failed. */
    public static int ended(ExperimentContext bench) throws IOException {
        List<Run> runs = bench.runs();
        for (Run run : runs) {
            if (!run.status().equals(Run.FINISHED)) {
                bench.say(RunSpec.title(run) + " " + run.status() + ": " + run.reason());
            }
        }
        Map<String, Long> count = runs.stream().collect(Collectors.groupingBy(Run::status, Collectors.counting()));
        bench.say("run: " + count.getOrDefault(Run.FINISHED, 0L) + " finished, "
                + count.getOrDefault(Run.DIVERGED, 0L) + " diverged, " + count.getOrDefault(Run.FAILED, 0L)
                + " failed");
        return count.containsKey(Run.FAILED) ? 1 : 0;
    }
}
