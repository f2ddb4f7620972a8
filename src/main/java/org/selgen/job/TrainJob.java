package org.selgen.job;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.stage.TrainAndGenerate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prepared rows to adapters, runs and steps: one Spark task a training. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Train one adapter for each method and seed that has none yet; where the experiment has a start, that stage first.",
            "Needs 'prepare' first. The base model is a run too, with method 'base' and no training."
        })
public final class TrainJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions conf = new ExperimentOptions();

    @Mixin
    private MethodFilter part = new MethodFilter();

    @Override
    public Integer call() throws Exception {
        return conf.write(all -> {
            ExperimentContext bench = part.of(all);
            TrainAndGenerate.train(bench);
            return RunJob.ended(bench);
        });
    }

    /** The orders without a row, or with one that says it failed. */
    public static List<RunSpec> missing(ExperimentContext bench) throws IOException {
        Set<String> there = bench.lake().runs().read().stream()
                .filter(run -> !run.status().equals(Run.FAILED))
                .map(Run::id)
                .collect(Collectors.toSet());
        return bench.orders().stream()
                .filter(order -> !there.contains(order.run().id()))
                .toList();
    }
}
