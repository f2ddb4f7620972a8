package org.selgen.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel.ModelFit;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Take the unwanted concept out of the activations while the task is learnt, so that nothing can be learnt by it; it is there
 * again afterwards.
 * <pre>
 *   h_l ← h_l − Q_l Q_lᵀ h_l   at every token, in training alone, for each l of {@code layers};   L = CE(T)
 *   Q_l [D, k]   the first k left singular vectors of the matrix of d_l, one column a proxy row
 * </pre>
 * d_l is as in {@link PreventativeSteering}, measured once on the reference model ({@link AnswerDifferences}).
 *
 * <p>Source: Casademunt et al. 2025 (concept ablation fine-tuning, arXiv 2507.16795), and its code for the projection and for
 * the principal components. Departures: there the differences are between a fine-tuned model and its base on general text, are
 * centred, and a person picks components by reading; here they are between two answers, and not centred, since their mean is
 * what the answers differ in. Its random control takes each component at even odds; here directions are drawn.
 *
 * @param rank k, number of directions of a layer, at least 0; 0 is the standard method
 * @param layers l, each from 1 to the last layer but one
 * @param directions those of the differences, or the control: random ones, as many
 */
public record ConceptAblation(
        int rank,
        List<Integer> layers,
        @Default("differences") Directions directions) implements Method {
    /** Which Q. */
    public enum Directions {
        DIFFERENCES,
        RANDOM
    }

    public ConceptAblation {
        RangeCheck.atLeast(0, rank, "concept-ablation.rank");
        layers.forEach(layer -> RangeCheck.atLeast(1, layer, "concept-ablation.layers"));
        if (layers.isEmpty() || layers.stream().distinct().count() < layers.size()) {
            throw new BadInput(
                    "concept-ablation.layers is " + layers + " but must name one or more, each once; change it");
        }
        layers = List.copyOf(layers);
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        return new Standard().loss(lm, step);
    }

    @Override
    public void check(ModelFit model) {
        for (int layer : layers) {
            if (layer >= model.layers()) {
                throw new BadInput("concept-ablation.layers has " + layer + " but must be below the number of layers, "
                        + model.layers() + "; change it");
            }
        }
    }

    @Override
    public List<Artefact> needs() {
        return rank == 0 || directions == Directions.RANDOM ? List.of() : List.of(Artefact.ANSWER_DIFFERENCES);
    }

    @Override
    public Decoder model(Decoder base, Prerequisites made) {
        if (rank == 0) {
            return base;
        }
        SplittableRandom random = new SplittableRandom(made.seed());
        Map<Integer, UnaryOperator<Tensor>> edits = new LinkedHashMap<>();
        for (int layer : layers) {
            Tensor plane = switch (directions) {
                case DIFFERENCES -> made.answerDifferences().directions(layer, rank);
                case RANDOM -> random(base.config().hidden(), random);
            };
            edits.put(layer, state -> without(state, plane));
        }
        return base.edited(edits);
    }

    /** An orthonormal basis of {@code rank} random directions, {@code [D, k]}. */
    private Tensor random(int hidden, SplittableRandom random) {
        float[] values = new float[hidden * rank];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Tensor plane = Tensors.orthonormal(Tensor.of(values, hidden, rank), rank);
        if (plane.shape()[1] < rank) {
            throw new BadInput("concept-ablation.rank is " + rank + " but the model is " + hidden + " wide; lower it");
        }
        return plane;
    }

    /** h − Q Qᵀ h, computed in float32. */
    static Tensor without(Tensor state, Tensor plane) {
        Tensor part = state.as(plane).matmul(plane).matmul(plane.transpose()); // [B, T, D]
        return state.minus(part.as(state));
    }
}
