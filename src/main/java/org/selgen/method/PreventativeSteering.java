package org.selgen.method;

import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel.ModelFit;
import org.selgen.tensor.Tensor;

/**
 * Push activations towards the unwanted behaviour while the task is learnt, so that the weights need not move there; the push is
 * left out afterwards.
 * <pre>
 *   h_l ← h_l + α v   at every token, in training alone;   L = CE(T)
 *   v = mean over proxy rows of d_l,   d_l = mean of h_l over the rejected answer − that over the chosen one
 * </pre>
 * h_l is the residual stream behind layer l; v is measured once on the reference model ({@link AnswerDifferences}). A negative
 * α pushes away from the behaviour.
 *
 * <p>Source: Chen et al. 2025 (persona vectors, arXiv 2507.21509), section on preventative steering, and its code for tokens
 * and means. Departure: there the two answers are the model's own under prompts that ask for the trait and against it; here
 * they are those of a proxy row.
 *
 * @param alpha α, strength; 0 is the standard method
 * @param layer l, from 1 to the last layer but one
 */
public record PreventativeSteering(float alpha, int layer) implements Method {
    public PreventativeSteering {
        RangeCheck.within(-1000, 1000, alpha, "preventative-steering.alpha");
        RangeCheck.atLeast(1, layer, "preventative-steering.layer");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        return new Standard().loss(lm, step);
    }

    @Override
    public void check(ModelFit model) {
        if (layer >= model.layers()) {
            throw new BadInput("preventative-steering.layer is " + layer + " but must be below the number of layers, "
                    + model.layers() + "; change it");
        }
    }

    @Override
    public List<Artefact> needs() {
        return alpha == 0 ? List.of() : List.of(Artefact.ANSWER_DIFFERENCES);
    }

    @Override
    public Decoder model(Decoder base, Prerequisites made) {
        if (alpha == 0) {
            return base;
        }
        Tensor push = made.answerDifferences().mean(layer).times(alpha); // [D]
        return base.edited(Map.of(layer, state -> steered(state, push)));
    }

    /** h + α v in the type of h. */
    static Tensor steered(Tensor state, Tensor push) {
        return state.plus(push.as(state));
    }
}
