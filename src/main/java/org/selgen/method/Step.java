package org.selgen.method;

import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.lm.Batch;

/**
 * One micro-batch of a training step. Every method gets the same rows in the same order, so that runs are comparable.
 *
 * @param task T, rows of the capability to learn
 * @param proxy A, rows of aligned behaviour
 * @param chosen the same proxy rows; the tokens of their answers count alone, whatever counts in A
 * @param rejected the same proxy rows with their rejected (misaligned) answers, whose tokens count alone; null unless all
 *     of them have one
 * @param wrapped those of the proxy rows that propose an answer, beside the same questions asked alone; null if none does
 * @param number of the optimizer step, from 0
 */
public record Step(
        Batch task,
        Batch proxy,
        Batch chosen,
        @Nullable Batch rejected,
        @Nullable Wrapped wrapped,
        int number) {
    /**
     * Prompts in which the user proposes an answer, beside those without it.
     *
     * @param clean the prompts without it; what counts in them predicts at the tokens that both share
     * @param positions of these tokens in {@code chosen}, flat and in the same order
     */
    public record Wrapped(Batch clean, long[] positions) {}

    /** Of the first step, without proposals. */
    public Step(Batch task, Batch proxy, Batch chosen, @Nullable Batch rejected) {
        this(task, proxy, chosen, rejected, null, 0);
    }

    /** Rows of which answers alone count. */
    public Step(Batch task, Batch proxy, @Nullable Batch rejected) {
        this(task, proxy, proxy, rejected);
    }

    /** The same without rejected answers. */
    public Step(Batch task, Batch proxy) {
        this(task, proxy, null);
    }

    /** {@code rejected}; where it is absent, an error that names the method which needs it. */
    Batch rejectedOrRefuse(String method) {
        if (rejected == null) {
            throw new BadInput(method + " compares answers, but a proxy row has no rejected one; choose a dataset whose"
                    + " rows have 'rejected' in conf, or another method");
        }
        return rejected;
    }
}
