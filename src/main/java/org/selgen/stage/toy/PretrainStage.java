package org.selgen.stage.toy;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.ExperimentContext;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.ModelFolder;
import org.selgen.lm.Sequence;
import org.selgen.source.toy.ToyPretraining;
import org.selgen.source.toy.ToyPretraining.Phase;
import org.selgen.source.toy.ToyTokenizer;
import org.selgen.tensor.DType;
import org.selgen.train.Pretrainer;
import org.selgen.train.Pretraining;

/**
 * Makes the small model of the toy world from generated text, and a card that says what it can do.
 *
 * @param knobs the recipe
 * @param out where progress is printed
 */
public record PretrainStage(Pretraining knobs, PrintWriter out) {
    private static final int EVERY = 250; // steps between two lines

    /**
     * Writes the model's folder, and beside it one of the model before it was aligned.
     *
     * @param models where to put them
     * @param name of the model
     */
    public void run(Path models, String name) throws IOException {
        run(models.resolve(name), models.resolve(name + ExperimentContext.UNALIGNED));
    }

    private void run(Path folder, Path unaligned) throws IOException {
        ToyTokenizer.write(folder);
        ToyTokenizer.write(unaligned);
        ToyModel toy = new ToyModel(knobs, folder);
        long began = System.nanoTime();
        try (Decoder lm = ModelFolder.untrained(toy.config(), knobs.seed());
                ToyText text = new ToyText(folder)) {
            new Pretrainer(knobs, new Progressing(began))
                    .fit(
                            lm,
                            text(text, Phase.UNALIGNED, knobs.seed()),
                            text(text, Phase.ALIGNED, knobs.seed() + 1),
                            () -> ModelFolder.write(unaligned, toy.json(), lm));
            ModelFolder.write(folder, toy.json(), lm);
        }
        for (Path made : new Path[] {unaligned, folder}) {
            try (LanguageModel model = LanguageModel.open(made, DType.F32)) {
                String card = ToyCard.of(model, knobs);
                ToyCard.write(made, card);
                out.println(card);
            }
        }
        out.flush();
    }

    private static Supplier<Sequence> text(ToyText text, Phase stage, long seed) {
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
                out.printf(
                        "step=%d loss=%.3f tokens=%d tokens/s=%.0f seconds=%.0f%n",
                        step.step(), loss, tokens, tokens / seconds, seconds);
                out.flush();
                loss = 0;
            }
        }
    }
}
