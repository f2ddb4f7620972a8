package org.selgen.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Batch;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Sequence;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Cores;
import org.selgen.tensor.Scope;

/**
 * The loss on rows that are not learnt: the mean over all their answer tokens of −log p, nats, without dropout.
 *
 * @param task held-out rows of T
 * @param proxy held-out rows of A with their aligned answers
 * @param batch most rows that are read at once
 */
public record Evaluation(List<Sequence> task, List<Sequence> proxy, int batch) {
    /** Of a training without held-out rows. */
    public static final Evaluation NONE = new Evaluation(List.of(), List.of(), 1);

    /** The metrics of a step with the losses after it; the same where nothing is held out, or a loss is no number. */
    StepMetrics after(StepMetrics step, CausalLM lm) {
        return step.withHeldOut(loss(lm, task), loss(lm, proxy));
    }

    private OptionalDouble loss(CausalLM lm, List<Sequence> rows) {
        List<Batch> batches = batches(rows);
        double[] nats = new double[batches.size()];
        Cores.each(nats.length, i -> nats[i] = nats(lm, batches.get(i)));
        double sum = 0;
        long tokens = 0;
        for (int i = 0; i < nats.length; i++) {
            sum += nats[i];
            tokens += batches.get(i).answerTokens();
        }
        return tokens == 0 || !Double.isFinite(sum) ? OptionalDouble.empty() : OptionalDouble.of(sum / tokens);
    }

    private static double nats(CausalLM lm, Batch rows) {
        return Autograd.off(() -> {
            try (Scope scope = Scope.open()) {
                return lm.forward(rows).crossEntropy().item() * rows.answerTokens();
            }
        });
    }

    /** Rows of similar length stand in one batch. */
    private List<Batch> batches(List<Sequence> rows) {
        List<Sequence> sorted =
                rows.stream().sorted(Comparator.comparingInt(Sequence::length)).toList();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += batch) {
            batches.add(Batch.of(sorted.subList(from, Math.min(sorted.size(), from + batch))));
        }
        return batches;
    }
}
