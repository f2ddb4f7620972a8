package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.conf.Yaml;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.ModelFolder;
import org.selgen.lm.Sequence;
import org.selgen.source.toy.ToyPretraining;
import org.selgen.source.toy.ToyPretraining.Stage;
import org.selgen.source.toy.ToyTokenizer;
import org.selgen.stage.ToyCard;
import org.selgen.stage.ToyModel;
import org.selgen.stage.ToyText;
import org.selgen.tensor.DType;
import org.selgen.train.Pretrainer;
import org.selgen.train.Pretraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A small model from generated text alone. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = {
            "Make the small model of the toy world from nothing, and say what it can do.",
            "Writes two folders: one named as the file, and one with '-unaligned' behind it,"
                    + " the model before it learnt to mind wrong proposals."
        },
        footerHeading = "%nExample:%n",
        footer = "  selgen pretrain conf/pretrain/tiny.yaml --models /tmp/models")
public final class PretrainJob implements Callable<Integer> {
    private static final int EVERY = 250; // steps between two lines

    @Parameters(index = "0", paramLabel = "FILE", description = "The recipe, as conf/pretrain/tiny.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--models",
            paramLabel = "DIR",
            defaultValue = "data-lake/models",
            description = "Where to put the model's folder (default: ${DEFAULT-VALUE}).")
    private Path models = Path.of("data-lake/models");

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Replace a value of the file; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Pretraining knobs = Yaml.read(file, Pretraining.class, settings);
        String name = String.valueOf(file.getFileName()).replace(".yaml", "");
        run(knobs, models.resolve(name), models.resolve(name + "-unaligned"));
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private void run(Pretraining knobs, Path folder, Path unaligned) throws IOException {
        ToyTokenizer.write(folder);
        ToyTokenizer.write(unaligned);
        ToyModel toy = new ToyModel(knobs, folder);
        long began = System.nanoTime();
        try (Decoder lm = ModelFolder.untrained(toy.config(), knobs.seed());
                ToyText text = new ToyText(folder)) {
            new Pretrainer(knobs, new Progressing(began))
                    .fit(
                            lm,
                            text(text, Stage.UNALIGNED, knobs.seed()),
                            text(text, Stage.ALIGNED, knobs.seed() + 1),
                            () -> ModelFolder.write(unaligned, toy.json(), lm));
            ModelFolder.write(folder, toy.json(), lm);
        }
        for (Path made : new Path[] {unaligned, folder}) {
            try (LanguageModel model = LanguageModel.open(made, DType.F32)) {
                String card = ToyCard.of(model, knobs);
                ToyCard.write(made, card);
                out().println(card);
            }
        }
        out().flush();
    }

    private static Supplier<Sequence> text(ToyText text, Stage stage, long seed) {
        ToyPretraining passages = new ToyPretraining(stage, seed);
        return () -> text.sequence(passages.next());
    }

    /** One line every so many steps. */
    private final class Progressing implements Consumer<StepMetrics> {
        private final long began;
        private long tokens;
        private double loss;

        Progressing(long began) {
            this.began = began;
        }

        @Override
        public void accept(StepMetrics step) {
            tokens += step.tokens();
            loss += step.loss() / EVERY;
            if (step.step() % EVERY == 0) {
                double seconds = (System.nanoTime() - began) / 1e9;
                out().printf(
                                "step=%d loss=%.3f tokens=%d tokens/s=%.0f seconds=%.0f%n",
                                step.step(), loss, tokens, tokens / seconds, seconds);
                out().flush();
                loss = 0;
            }
        }
    }
}
