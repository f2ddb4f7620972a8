package org.selgen.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.Sequence;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;
import org.selgen.train.optimizer.Adamw;
import org.selgen.train.optimizer.Optimizer;
import org.selgen.train.optimizer.OptimizerState;

/**
 * Trains all weights of a small decoder on an endless text. The model that ships with the project was made this way.
 */
public final class Pretrainer {
    private static final int POOL = 20; // batches sorted by length together
    private static final Optimizer ADAMW = new Adamw(0.9, 0.98, 1e-8);

    private final Pretraining knobs;
    private final Consumer<StepMetrics> listener;

    public Pretrainer(Pretraining knobs, Consumer<StepMetrics> listener) {
        this.knobs = knobs;
        this.listener = listener;
    }

    /**
     * Trains the weights in place.
     *
     * @param lm made by {@link Decoder#trainable}
     * @param unaligned text of the first, unaligned steps
     * @param aligned text of the other steps
     * @param betweenStages is called between the two
     */
    public void fit(Decoder lm, Supplier<Sequence> unaligned, Supplier<Sequence> aligned, Runnable betweenStages) {
        List<Tensor> weights = List.copyOf(lm.weights().values());
        Random random = new Random(knobs.seed());
        List<Batch> pool = new ArrayList<>();
        try (OptimizerState optimizer = new OptimizerState(ADAMW, weights, knobs.weightDecay())) {
            for (int s = 0; s < knobs.steps(); s++) {
                if (s == knobs.unalignedSteps()) {
                    pool.clear();
                    betweenStages.run();
                }
                if (pool.isEmpty()) {
                    pool.addAll(batches(s < knobs.unalignedSteps() ? unaligned : aligned, random));
                }
                listener.accept(step(lm, weights, pool.remove(pool.size() - 1), optimizer, s));
            }
        }
    }

    private List<Batch> batches(Supplier<Sequence> text, Random random) {
        List<Sequence> rows = new ArrayList<>();
        for (int i = 0; i < POOL * knobs.batch(); i++) {
            rows.add(text.get());
        }
        rows.sort(Comparator.comparingInt(Sequence::length));
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += knobs.batch()) {
            batches.add(Batch.of(rows.subList(from, from + knobs.batch())));
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    private StepMetrics step(Decoder lm, List<Tensor> weights, Batch batch, OptimizerState optimizer, int step) {
        try (Scope scope = Scope.open()) {
            Tensor loss = lm.forward(batch).crossEntropy();
            List<Tensor> gradients = Autograd.gradients(loss, weights);
            double norm = Tensors.globalNorm(gradients).item();
            double nats = loss.item();
            optimizer.step(OptimizerState.clipped(gradients, norm, knobs.clip()), knobs.rate(step));
            return new StepMetrics("pretrain", step + 1, nats, nats, 0, norm, knobs.rate(step), batch.tokens());
        }
    }
}
