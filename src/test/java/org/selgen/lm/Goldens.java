package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.selgen.Golden;
import org.selgen.tensor.Tensor;

/** Batches of the golden fixtures. */
public final class Goldens {
    private Goldens() {}

    /** Ids and attention mask as a batch in which nothing is learnt. */
    static Batch batch(Golden golden, String ids, String mask) {
        long[] shape = golden.shape(ids);
        return new Batch(
                (int) shape[0],
                (int) shape[1],
                golden.longs(ids),
                golden.longs(mask),
                new long[0],
                new long[0],
                new long[0]);
    }

    /** Fails where {@code |actual − expected| > absolute + relative · |expected|}. */
    public static void close(String name, Tensor actual, Golden golden, double absolute, double relative) {
        float[] expected = golden.floats(name);
        float[] values = actual.floats();
        assertThat(values).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            float bound = (float) (absolute + relative * Math.abs(expected[i]));
            assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(expected[i], Offset.offset(bound));
        }
    }

    /** As {@link #close}, at real tokens only. */
    static void closeWhereReal(String name, Tensor actual, Golden golden, Batch batch, double absolute) {
        float[] expected = golden.floats(name);
        float[] values = actual.floats();
        assertThat(values).as(name).hasSameSizeAs(expected);
        int width = values.length / batch.ids().length;
        for (int i = 0; i < values.length; i++) {
            if (batch.attended()[i / width] == 1) {
                assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(expected[i], Offset.offset((float) absolute));
            }
        }
    }

    /** Ids and labels: −100 is not learnt. */
    public static Batch learnt(Golden golden, String ids, String mask, String labels) {
        return learnt(golden, golden, ids, mask, labels);
    }

    /** As the other, with the labels of another fixture. */
    static Batch learnt(Golden golden, Golden targets, String ids, String mask, String labels) {
        long[] shape = golden.shape(ids);
        long[] label = targets.longs(labels);
        int length = (int) shape[1];
        long[] at = java.util.stream.IntStream.range(0, label.length)
                .filter(i -> i % length > 0 && label[i] != -100)
                .mapToLong(i -> i)
                .toArray();
        return new Batch(
                (int) shape[0],
                length,
                golden.longs(ids),
                golden.longs(mask),
                java.util.Arrays.stream(at).map(i -> i - 1).toArray(),
                java.util.Arrays.stream(at).map(i -> label[(int) i]).toArray(),
                java.util.Arrays.stream(at).map(i -> i / length).toArray());
    }
}
