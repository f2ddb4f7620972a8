package org.selgen.job;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.selgen.data.Generation;
import org.selgen.experiment.ExperimentContext;
import org.selgen.lm.Decoding;
import org.selgen.stage.ChoiceScoring;
import org.selgen.stage.Engine;
import org.selgen.stage.GenerateProgress;
import org.selgen.stage.GenerateStage;
import org.selgen.stage.TrainAndGenerate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs and questions to generations: one Spark task a run. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Ask every run of the experiment, the base model too, the questions it has not answered yet. Where the experiment"
                    + " has choices, also keep how likely each of its words is.",
            "Needs 'prepare' and 'train' first."
        })
public final class GenerateJob implements Callable<Integer> {
    public static final String STAGE = "generate";

    @Mixin
    private ExperimentOptions conf = new ExperimentOptions();

    @Mixin
    private MethodFilter part = new MethodFilter();

    @Override
    public Integer call() throws Exception {
        return conf.write(bench -> {
            TrainAndGenerate.ask(part.of(bench));
            return 0;
        });
    }

    /** What finished runs are asked. */
    public static List<GenerateStage.Kind<?>> kinds(ExperimentContext bench) throws IOException {
        Optional<GenerateStage.Kind<?>> weighing = ChoiceScoring.kind(bench);
        return Stream.concat(Stream.of(answers(bench)), weighing.stream()).toList();
    }

    private static GenerateStage.Kind<Generation> answers(ExperimentContext bench) throws IOException {
        Engine engine = bench.engine();
        Decoding decoding = bench.experiment().decoding();
        return new GenerateStage.Kind<>(
                STAGE,
                bench.lake().generations(),
                decoding.key(),
                decoding.samples(),
                decoding.maxTokens(),
                List.copyOf(bench.questions().values()),
                asking -> engine.generate(asking, new GenerateProgress(asking)));
    }
}
