package org.selgen.lm;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * One row of a batch: token ids and their loss mask.
 *
 * @param ids token ids, without padding
 * @param lossMask {@code lossMask[t]} says whether token t counts in the loss; the first token never can
 * @param template which tokens the chat template wrote around what the user says
 */
public record Sequence(long[] ids, boolean[] lossMask, Template template) {
    /**
     * Tokens of the chat template alone.
     *
     * @param prefix number of tokens before the first user's words, from the first token on
     * @param from first token behind the last user's words
     * @param to behind the last token before the answer
     */
    public record Template(int prefix, int from, int to) {
        /** Of tokens that no chat template wrote. */
        public static final Template NONE = new Template(0, 0, 0);
    }

    /** Tokens that no chat template wrote. */
    public Sequence(long[] ids, boolean[] lossMask) {
        this(ids, lossMask, Template.NONE);
    }

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
        return new Sequence(ids, all, template);
    }

    /** Its first tokens, at most so many. */
    public Sequence first(int most) {
        int length = Math.min(most, ids.length);
        return new Sequence(
                Arrays.copyOf(ids, length),
                Arrays.copyOf(lossMask, length),
                new Template(
                        Math.min(length, template.prefix),
                        Math.min(length, template.from),
                        Math.min(length, template.to)));
    }

    public int length() {
        return ids.length;
    }

    /** Number of tokens that count in the loss. */
    public int learnt() {
        int n = 0;
        for (boolean counts : lossMask) {
            n += counts ? 1 : 0;
        }
        return n;
    }

    /** Number of tokens before the first that counts. */
    public int prompt() {
        int n = 0;
        while (n < lossMask.length && !lossMask[n]) {
            n++;
        }
        return n;
    }
}
