package org.selgen.method;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.selgen.Golden;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/** A small model of three layers with an adapter that is away from the base, and rows that a chat template wrote. */
final class GoldenModel implements AutoCloseable {
    static final LoraConfig LORA = new LoraConfig(2, 4, true, List.of("q_proj", "k_proj", "v_proj", "down_proj"));

    final Decoder base = Decoder.open(Golden.path("models/gemma"), DType.F32);
    final Adapter adapter = moved(Adapter.fresh(LORA, base.config(), 1));
    private final Scope scope = Scope.open();

    /** {@code 2, 7, words, 8, 9, answer}: of the template are two tokens before the words, and two behind. */
    static Sequence row(long[] words, long... answer) {
        long[] ids = new long[4 + words.length + answer.length];
        ids[0] = 2;
        ids[1] = 7;
        System.arraycopy(words, 0, ids, 2, words.length);
        ids[2 + words.length] = 8;
        ids[3 + words.length] = 9;
        System.arraycopy(answer, 0, ids, 4 + words.length, answer.length);
        boolean[] learnt = new boolean[ids.length];
        Arrays.fill(learnt, 4 + words.length, ids.length, true);
        return new Sequence(ids, learnt, new Sequence.Template(2, 2 + words.length, 4 + words.length));
    }

    static long[] words(long... words) {
        return words;
    }

    static Adapter moved(Adapter adapter) {
        try (Scope scope = Scope.open()) {
            for (Tensor parameter : adapter.parameters()) {
                float[] values = parameter.floats();
                for (int i = 0; i < values.length; i++) {
                    values[i] += 0.1f * (float) Math.sin(i + 1);
                }
                Autograd.off(() -> parameter.assign(Tensor.of(values, parameter.shape())));
            }
        }
        return adapter;
    }

    Decoder lm() {
        return base.with(adapter);
    }

    /** A pair of answers to one prompt, beside a task row. */
    static Step pair(long[] words, long[] chosen, long[] rejected) {
        Batch aligned = Batch.of(List.of(row(words, chosen)));
        return new Step(Batch.of(List.of(row(words, chosen))), aligned, Batch.of(List.of(row(words, rejected))));
    }

    /** ∂value/∂parameter[at] by a central difference. */
    static double slope(Tensor parameter, int at, float by, Supplier<Tensor> value) {
        float[] values = parameter.floats();
        float before = values[at];
        double[] sides = new double[2];
        for (int side = 0; side < 2; side++) {
            values[at] = side == 0 ? before - by : before + by;
            Autograd.off(() -> parameter.assign(Tensor.of(values, parameter.shape())));
            try (Scope scope = Scope.open()) {
                sides[side] = Autograd.off(value).item();
            }
        }
        values[at] = before;
        Autograd.off(() -> parameter.assign(Tensor.of(values, parameter.shape())));
        return (sides[1] - sides[0]) / (2 * by);
    }

    @Override
    public void close() {
        scope.close();
        adapter.close();
        base.close();
    }
}
