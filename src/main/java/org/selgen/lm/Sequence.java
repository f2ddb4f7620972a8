package org.selgen.lm;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * One row of a batch: token ids and their loss mask.
 *
 * @param ids token ids, without padding
 * @param lossMask {@code lossMask[t]} says whether token t counts in the loss; the first token never can
 */
public record Sequence(long[] ids, boolean[] lossMask) {

    public Sequence {
        if (ids.length == 0 || ids.length != lossMask.length) {
            throw new IllegalArgumentException("A sequence has " + ids.length + " ids and " + lossMask.length
                    + " marks but must have at least one id and as many marks");
        }
    }

    /** A prompt and its answer; only the tokens of the answer count in the loss. */
    public static Sequence answering(long[] prompt, long[] answer) {
        long[] ids =
                LongStream.concat(Arrays.stream(prompt), Arrays.stream(answer)).toArray();
        boolean[] lossMask = new boolean[ids.length];
        Arrays.fill(lossMask, Math.min(ids.length, Math.max(1, prompt.length)), ids.length, true);
        return new Sequence(ids, lossMask);
    }

    /** The same ids; every token but the first counts in the loss. */
    public Sequence whole() {
        boolean[] all = new boolean[ids.length];
        Arrays.fill(all, 1, all.length, true);
        return new Sequence(ids, all);
    }

    /** Its first tokens, at most so many. */
    public Sequence first(int most) {
        int length = Math.min(most, ids.length);
        return new Sequence(Arrays.copyOf(ids, length), Arrays.copyOf(lossMask, length));
    }

    public int length() {
        return ids.length;
    }
}
