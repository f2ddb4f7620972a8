package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.LayerAttention;
import org.selgen.lm.config.Rope;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Rotary angles of a decoder's layers. A row's angles depend on its own length alone, never on the other rows of its
 * batch: in a long-context model each row is rotated as transformers rotates it alone.
 */
final class Rotations {
    private final List<Rope> ropes; // distinct
    private final List<Tensor> frequencies; // of short rows, [R/2] each
    private final DType wide; // of the frequencies
    private final DType type; // of the angles
    private final long[] kinds; // for each layer, which of the ropes; behind them where none
    private final int sameUpTo;

    private Rotations(List<Rope> ropes, List<Tensor> frequencies, DType wide, DType type, long[] kinds) {
        this.ropes = ropes;
        this.frequencies = frequencies;
        this.wide = wide;
        this.type = type;
        this.kinds = kinds;
        this.sameUpTo = ropes.stream().mapToInt(Rope::sameUpTo).min().orElse(Integer.MAX_VALUE);
    }

    /** The rotations of a decoder; their tensors belong to the current scope. */
    static Rotations of(DecoderConfig config, DType compute) {
        List<Rope> ropes = config.attention().stream()
                .map(LayerAttention::rope)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        DType wide = compute == DType.F64 ? DType.F64 : DType.F32;
        List<Tensor> frequencies = ropes.stream()
                .map(rope -> Tensor.of(rope.frequencies(0)).to(wide))
                .toList();
        long[] kinds = config.attention().stream()
                .mapToLong(layer -> layer.rope() == null ? ropes.size() : ropes.indexOf(layer.rope()))
                .toArray();
        boolean narrow = compute == DType.BF16 && !config.ropeInFloat32();
        return new Rotations(ropes, frequencies, wide, narrow ? DType.BF16 : wide, kinds);
    }

    /** Frequencies, to be kept as long as the weights. */
    List<Tensor> tensors() {
        return frequencies;
    }

    /** For each layer, which pair of {@link #angles} it uses. */
    long[] kinds() {
        return kinds;
    }

    /** The longest row whose frequencies are those of shorter ones. */
    int sameUpTo() {
        return sameUpTo;
    }

    /**
     * Cosine and sine of each kind, one after the other; the last pair has no elements.
     *
     * @param positions {@code [B or 1, T]}
     * @param lengths tokens of each row
     */
    Tensor[] angles(Tensor positions, long[] lengths, Tensor none) {
        List<Tensor> angles = new ArrayList<>();
        for (int i = 0; i < ropes.size(); i++) {
            Rope rope = ropes.get(i);
            boolean same = Arrays.stream(lengths).allMatch(length -> length <= rope.sameUpTo());
            Tensor own = same ? frequencies.get(i) : byRow(rope, lengths, wide);
            Tensors.rope(positions, own, rope.magnitude()).forEach(angle -> angles.add(angle.to(type)));
        }
        angles.add(none);
        angles.add(none);
        return angles.toArray(Tensor[]::new);
    }

    /** {@code [B, 1, R/2]}. */
    private static Tensor byRow(Rope rope, long[] lengths, DType type) {
        float[] all = new float[lengths.length * rope.dims() / 2];
        for (int row = 0; row < lengths.length; row++) {
            float[] one = rope.frequencies(lengths[row]);
            System.arraycopy(one, 0, all, row * one.length, one.length);
        }
        return Tensor.of(all, lengths.length, 1, rope.dims() / 2).to(type);
    }
}
