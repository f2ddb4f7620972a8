package org.selgen.train;

import java.util.List;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Decoder;
import org.selgen.lm.Sequence;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * Checks that an adapter changes the model, and that it can be switched off. Compares last hidden states, of which the logits
 * are a function, in native memory: whole logits of a long row and a large vocabulary are gigabytes.
 */
public final class AdapterCheck {
    private static final int LONGEST = 512;

    private AdapterCheck() {}

    /**
     * Compares the hidden states of the first row, or its first 512 tokens, under the adapter, without it, and
     * without any.
     *
     * @throws IllegalStateException if some B is not 0 but the states are the base's; if a weight or state is not
     *     finite; or if the states with the adapter off are not the base's bit for bit
     */
    public static void active(Decoder base, Adapter adapter, List<Sequence> rows) {
        Autograd.off(() -> {
            try (Scope scope = Scope.open()) {
                Batch row = Batch.of(List.of(rows.get(0).first(LONGEST)));
                Tensor expected = last(base.base(), row, scope);
                Decoder adapted = base.with(adapter);
                Tensor on = last(adapted, row, scope);
                Tensor off = last(adapted.base(), row, scope);
                if (!same(off, expected)) {
                    throw new IllegalStateException(
                            "the adapter cannot be switched off: hidden states differ from the base's");
                }
                if (!Double.isFinite(on.abs().sum().item())) {
                    throw new IllegalStateException("a hidden state under the adapter is NaN or infinite");
                }
                if (same(on, expected) && changes(adapter)) {
                    throw new IllegalStateException(
                            "the adapter is not active: some B is not 0 but the hidden states are the base's");
                }
            }
        });
    }

    /** The last hidden state in float32, {@code [1, T, D]}; nothing else of the pass is kept. */
    private static Tensor last(CausalLM lm, Batch row, Scope kept) {
        try (Scope temporary = Scope.open()) {
            List<Tensor> hidden = lm.forward(row).hidden();
            return kept.keep(hidden.get(hidden.size() - 1).to(DType.F32).times(1));
        }
    }

    private static boolean same(Tensor left, Tensor right) {
        return left.minus(right).abs().sum().item() == 0;
    }

    /** Whether some B has an element that is not 0. */
    private static boolean changes(Adapter adapter) {
        return adapter.pairs().values().stream()
                .anyMatch(pair -> pair.b().detach().abs().sum().item() > 0);
    }
}
