package org.selgen.train;

import java.util.Arrays;
import java.util.List;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.Sequence;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Scope;

/** Checks that an adapter changes the logits, and that it can be switched off. */
public final class AdapterCheck {
    private AdapterCheck() {}

    /**
     * Compares the logits of the first row under the adapter, without it, and without any.
     *
     * @throws IllegalStateException if some B is not 0 but the logits are the base's; if a weight or logit is not
     *     finite; or if the logits with the adapter off are not the base's bit for bit
     */
    public static void active(Decoder base, Adapter adapter, List<Sequence> rows) {
        Autograd.off(() -> {
            try (Scope scope = Scope.open()) {
                Batch row = Batch.of(List.of(rows.get(0)));
                float[] expected = base.base().forward(row).logits().floats();
                Decoder adapted = base.with(adapter);
                float[] on = adapted.forward(row).logits().floats();
                float[] off = adapted.base().forward(row).logits().floats();
                if (!Arrays.equals(off, expected)) {
                    throw new IllegalStateException(
                            "the adapter cannot be switched off: logits differ from the base's");
                }
                for (float logit : on) {
                    if (!Float.isFinite(logit)) {
                        throw new IllegalStateException("a logit under the adapter is " + logit);
                    }
                }
                if (Arrays.equals(on, expected) && changes(adapter)) {
                    throw new IllegalStateException(
                            "the adapter is not active: some B is not 0 but the logits are the base's");
                }
            }
        });
    }

    /** Whether some B has an element that is not 0. */
    private static boolean changes(Adapter adapter) {
        return adapter.pairs().values().stream()
                .anyMatch(pair -> pair.b().detach().abs().sum().item() > 0);
    }
}
