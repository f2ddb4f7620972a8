package org.selgen.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Activation checkpointing: of a pass through segments, such as the layers of a decoder, only their outputs are kept; what a
 * segment's backward pass needs is computed again when it is its turn.
 * <pre>  y_i = f_i(y_{i−1}, θ_i);   for i = n … 1:  (g_{i−1}, ∂/∂θ_i) += g_i · ∂f_i,   g_i = ∂loss/∂y_i </pre>
 * It belongs to a thread, from {@link #open} to {@link #close}. Gradients have the bits of those without it: a segment's are made
 * by the same operations, and what an output's uses give it is summed in the same order. It costs one more forward pass.
 *
 * <p>Source: Chen et al. 2016, "Training deep nets with sublinear memory cost", section 3, with each segment one layer.
 */
public final class ActivationCheckpointing implements AutoCloseable {
    private static final ThreadLocal<@Nullable ActivationCheckpointing> OPEN = new ThreadLocal<>();

    private final List<Recorded> recorded = new ArrayList<>();
    private final Scope scope = Scope.detached(); // owns outputs and gradients of segments

    private ActivationCheckpointing() {}

    /** A part of the pass. It is called again in the backward pass, so it must give the same. */
    @FunctionalInterface
    public interface Segment {
        /**
         * What it gives.
         *
         * @param input what the segment before has given
         * @param parameters what else gradients flow to
         */
        Tensor output(Tensor input, Tensor[] parameters);
    }

    private record Recorded(Segment segment, Tensor input, List<Tensor> parameters, Tensor output) {}

    /** From now on, this thread's segments keep their outputs alone. */
    public static ActivationCheckpointing open() {
        ActivationCheckpointing opened = new ActivationCheckpointing();
        OPEN.set(opened);
        return opened;
    }

    /** Whether this thread's segments are recorded now. */
    public static boolean isOpen() {
        return OPEN.get() != null && Autograd.isOn();
    }

    /** The output of a segment; where none is recorded, as {@code segment} gives it. */
    public static Tensor output(Segment segment, Tensor input, Tensor[] parameters) {
        ActivationCheckpointing open = OPEN.get();
        if (open == null || !Autograd.isOn()) {
            return segment.output(input, parameters);
        }
        try (Scope temporary = Scope.open()) {
            Tensor output = open.scope.keep(
                    Autograd.off(() -> segment.output(input, parameters)).leaf());
            open.recorded.add(new Recorded(segment, input, List.of(parameters), output));
            return output;
        }
    }

    /**
     * As {@link Autograd#gradients}, also through the recorded segments; may be asked for several losses of one pass.
     *
     * @param loss a scalar
     */
    public List<Tensor> gradients(Tensor loss, List<Tensor> leaves) {
        return recorded.isEmpty()
                ? Autograd.gradients(loss, leaves)
                : through(leaves, wanted -> Autograd.gradients(loss, wanted));
    }

    /** The same; the graph stays for another loss of the same pass. */
    public List<Tensor> gradientsOfSeveral(Tensor loss, List<Tensor> leaves) {
        return recorded.isEmpty()
                ? Autograd.gradientsOfSeveral(loss, leaves)
                : through(leaves, wanted -> Autograd.gradientsOfSeveral(loss, wanted));
    }

    /** @param ofLoss gives the gradients of the loss itself */
    private List<Tensor> through(List<Tensor> leaves, UnaryOperator<List<Tensor>> ofLoss) {
        List<Tensor> wanted = new ArrayList<>(leaves);
        recorded.forEach(each -> wanted.add(each.output()));
        List<Tensor> direct = ofLoss.apply(wanted);
        IdentityHashMap<Tensor, Tensor> ofOutputs = new IdentityHashMap<>();
        for (int i = 0; i < recorded.size(); i++) {
            ofOutputs.put(recorded.get(i).output(), direct.get(leaves.size() + i));
        }
        List<Tensor> used = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        for (int i = recorded.size() - 1; i >= 0; i--) {
            Recorded one = recorded.get(i);
            List<Tensor> back = back(one, ofOutputs);
            ofOutputs.replace(one.input(), back.get(0));
            used.addAll(one.parameters());
            gradients.addAll(back.subList(1, back.size()));
        }
        return joined(direct.subList(0, leaves.size()), used, gradients, leaves);
    }

    /**
     * Gradients with respect to a segment's input and parameters; that of the input has what the loss itself gives it, summed
     * first, as it would be in one graph.
     */
    private List<Tensor> back(Recorded one, IdentityHashMap<Tensor, Tensor> ofOutputs) {
        try (Scope again = Scope.open()) {
            List<Tensor> inputs = new ArrayList<>();
            inputs.add(one.input().leaf());
            one.parameters().forEach(parameter -> inputs.add(parameter.leaf()));
            Tensor output = one.segment()
                    .output(inputs.get(0), inputs.subList(1, inputs.size()).toArray(Tensor[]::new));
            Tensor through = output.times(ofOutputs.get(one.output())).sum();
            Tensor direct = ofOutputs.get(one.input());
            Tensor all = direct == null
                    ? through
                    : through.plus(inputs.get(0).times(direct).sum());
            return scope.keep(Autograd.gradients(all, inputs));
        }
    }

    /** Those of the loss itself, and those that come through what the segments were given, as {@code B} of which a part is used. */
    private static List<Tensor> joined(
            List<Tensor> direct, List<Tensor> used, List<Tensor> gradients, List<Tensor> leaves) {
        Tensor through = Tensor.scalar(0);
        for (int i = 0; i < used.size(); i++) {
            through = through.plus(used.get(i).times(gradients.get(i)).sum());
        }
        return Tensors.sums(direct, Autograd.gradients(through, leaves));
    }

    @Override
    public void close() {
        OPEN.remove();
        scope.close();
    }
}
