package org.selgen.job;

import java.io.IOException;
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
    private Conf conf = new Conf();

    @Override
    public Integer call() throws Exception {
        return conf.write(RunJob::run);
    }

    private static int run(Workbench bench) throws IOException {
        PrepareJob.run(bench, PrepareJob.OnLeak.STOP);
        TrainJob.run(bench);
        GenerateJob.run(bench);
        JudgeJob.run(bench);
        ScoreJob.run(bench);
        ReportJob.run(bench);
        return TrainJob.ended(bench);
    }
}
