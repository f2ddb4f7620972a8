package org.selgen.job;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.selgen.data.Generation;
import org.selgen.lm.Decoding;
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
    static final String STAGE = "generate";

    @Mixin
    private Conf conf = new Conf();

    @Mixin
    private Part part = new Part();

    @Override
    public Integer call() throws Exception {
        return conf.write(bench -> {
            Learning.ask(part.of(bench));
            return 0;
        });
    }

    /** What finished runs are asked. */
    static List<Askings.Kind<?>> kinds(Workbench bench) throws IOException {
        Optional<Askings.Kind<?>> weighing = Weighing.kind(bench);
        return Stream.concat(Stream.of(answers(bench)), weighing.stream()).toList();
    }

    private static Askings.Kind<Generation> answers(Workbench bench) throws IOException {
        Engine engine = bench.engine();
        Decoding decoding = bench.experiment().decoding();
        return new Askings.Kind<>(
                STAGE,
                bench.lake().generations(),
                decoding.key(),
                decoding.samples(),
                decoding.maxTokens(),
                List.copyOf(bench.questions().values()),
                asking -> engine.generate(asking, new Counted(asking)));
    }
}
