package org.selgen.lm;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.lm.config.DecoderConfig;

/**
 * Which linear layers get a low-rank adapter, how strong it is, and what of its input is dropped in training:
 * y = W x + scale · B A dropout(x).
 *
 * @param r rank of A and B, from 1 to 32768
 * @param alpha strength, positive
 * @param rslora whether the scale is α / √r (rank-stabilised, arXiv 2312.03732) instead of α / r
 * @param targets target modules: names of linear layers, the same in every decoder layer; some of {@link #TARGETS}
 * @param dropout share of the numbers of an input of A that are 0 in a step of training, from 0 to below 1
 * @param layers numbers of the decoder layers that are adapted, from 0; all if empty
 */
public record LoraConfig(
        int r,
        float alpha,
        boolean rslora,
        List<String> targets,
        @Default("0") float dropout,
        @Default("[]") List<Integer> layers)
        implements Serializable {
    /** Every name of a linear layer that some family has. */
    public static final List<String> TARGETS = Projection.targets();

    /** More than the width of any model: a higher rank would add nothing. */
    static final int MAX_RANK = 1 << 15;

    /** @throws BadInput if a value is out of range */
    public LoraConfig {
        if (r < 1 || r > MAX_RANK) {
            throw new BadInput("lora.r is " + r + " but must be at least 1 and at most " + MAX_RANK + "; change it");
        }
        if (!(alpha > 0) || Float.isInfinite(alpha)) {
            throw new BadInput("lora.alpha is " + alpha + " but must be a positive number; change it");
        }
        if (targets.isEmpty()
                || !TARGETS.containsAll(targets)
                || Set.copyOf(targets).size() < targets.size()) {
            throw new BadInput(
                    "lora.targets is " + targets + " but must be one or more of " + TARGETS + ", each once; change it");
        }
        RangeCheck.within(0, 0.999, dropout, "lora.dropout");
        if (layers.stream().anyMatch(layer -> layer < 0)
                || layers.stream().distinct().count() < layers.size()) {
            throw new BadInput("lora.layers is " + layers
                    + " but must be numbers of decoder layers from 0 on, each once; change it");
        }
        targets = List.copyOf(targets);
        layers = layers.stream().sorted().toList();
    }

    /** In all decoder layers, without dropout. */
    public LoraConfig(int r, float alpha, boolean rslora, List<String> targets) {
        this(r, alpha, rslora, targets, 0, List.of());
    }

    /** All linear layers of a decoder layer of a model, in the order of computation. */
    public static List<String> allLinear(DecoderConfig model) {
        return Projection.linears(model).stream().map(Projection.Linear::target).toList();
    }

    /**
     * Checks that a model has all targets and layers: with none of its own a fused model would be adapted in some places only.
     *
     * @throws BadInput if a target is no linear layer of the model, or the model has fewer layers
     */
    public void check(DecoderConfig model) {
        List<String> linears = allLinear(model);
        targets.stream().filter(target -> !linears.contains(target)).findFirst().ifPresent(target -> {
            throw new BadInput("lora.targets has " + target + " but a "
                    + model.family().modelType() + " model has the linear layers " + linears
                    + "; name some of those");
        });
        layers.stream().filter(layer -> layer >= model.layers()).findFirst().ifPresent(layer -> {
            throw new BadInput("lora.layers has " + layer + " but the model has the layers 0 to " + (model.layers() - 1)
                    + "; name some of those");
        });
    }

    /** How many linear layers of a model it adapts. */
    int modules(DecoderConfig model) {
        return targets.size() * (layers.isEmpty() ? model.layers() : layers.size());
    }

    /** The factor on B A x. */
    public float scale() {
        return (float) (rslora ? alpha / Math.sqrt(r) : alpha / (double) r);
    }

    /** The same layers and factor at another rank. */
    public LoraConfig ofRank(int rank) {
        double strength = scale() * (rslora ? Math.sqrt(rank) : rank);
        return new LoraConfig(rank, (float) strength, rslora, targets, dropout, layers);
    }
}
