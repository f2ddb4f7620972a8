package org.selgen.tensor;

/**
 * What is dropped of the inputs of an adapter's A in a pass of training (Hinton et al. 2012; placed as PEFT places it).
 * <pre>  B A (k ∘ x) / (1 − p),   k = 0 with probability p, else 1, for each number of x </pre>
 * k is a hash of the seed, the step, the row's tokens, the token's place in the row, the module and the number's place in x: no stream of
 * random numbers, so that neither parts nor padding, the order of work, or a pass that is made again changes it, and CPU and GPU
 * drop the same. Two equal rows of a step drop alike.
 *
 * @param rate p, from 0 to below 1; 0 drops nothing
 * @param seed of the training
 * @param step of the training, from 1; outside of one it is 0, and nothing is dropped
 */
public record Dropout(float rate, long seed, int step) {
    /** Nothing is ever dropped. */
    public static final Dropout NONE = new Dropout(0, 0, 0);

    private static final int BITS = 32;

    /** That of a step of the training; of 0, that outside of all. */
    public Dropout inStep(int number) {
        return new Dropout(rate, seed, number);
    }

    /** Whether anything is dropped. */
    public boolean drops() {
        return rate > 0 && step > 0;
    }

    /** The hashes that are below it are dropped. */
    public long threshold() {
        return Math.round((double) rate * (1L << BITS));
    }

    /**
     * A number of 32 bits for each token, {@code [B · T]}, which with the place in x decides what is dropped.
     *
     * @param ids {@code [B · T]}, row by row
     * @param attended {@code [B · T]}, 0 for padding
     */
    public long[] tokens(long[] ids, long[] attended, int rows) {
        long key = mixed(seed + step);
        long[] tokens = new long[ids.length];
        int length = ids.length / rows;
        for (int from = 0; from < ids.length; from += length) {
            long row = key;
            for (int t = from; t < from + length; t++) {
                row = attended[t] == 0 ? row : mixed(row + ids[t]);
            }
            for (int t = from, place = 0; t < from + length; t++) {
                tokens[t] = mixed(row + (attended[t] == 0 ? 0 : ++place)) >>> BITS;
            }
        }
        return tokens;
    }

    /** A step of SplitMix64 (Steele et al. 2014). */
    private static long mixed(long seed) {
        long z = seed + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
