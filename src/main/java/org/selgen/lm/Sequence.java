package org.selgen.lm;

/**
 * One row of a batch: token ids, and which of them are to be predicted.
 *
 * @param ids token ids, without padding
 * @param learnt {@code learnt[t]} says that token t counts in the loss; the first token never can
 */
public record Sequence(long[] ids, boolean[] lossMask) {

    public Sequence {
        if (ids.length == 0 || ids.length != lossMask.length) {
            throw new IllegalArgumentException("A sequence has " + ids.length + " ids and " + lossMask.length
                    + " marks but must have at least one id and as many marks");
        }
    }

    /** A prompt, and an answer whose tokens alone are learnt. */
    public static Sequence answering(long[] prompt, long[] answer) {
        long[] ids = new long[prompt.length + answer.length];
        boolean[] learnt = new boolean[ids.length];
        System.arraycopy(prompt, 0, ids, 0, prompt.length);
        System.arraycopy(answer, 0, ids, prompt.length, answer.length);
        for (int t = Math.max(1, prompt.length); t < ids.length; t++) {
            learnt[t] = true;
        }
        return new Sequence(ids, learnt);
    }

    /** The same ids with every token but the first one learnt. */
    public Sequence whole() {
        boolean[] all = new boolean[ids.length];
        java.util.Arrays.fill(all, 1, all.length, true);
        return new Sequence(ids, all);
    }

    public int length() {
        return ids.length;
    }
}
