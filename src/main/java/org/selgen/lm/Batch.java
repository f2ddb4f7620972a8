package org.selgen.lm;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Rows of tokens padded to one length, as plain Java arrays.
 *
 * <p>Padding is never in a loss: only the listed answer positions are scored. With padding on the right, the causal
 * mask alone keeps real tokens from attending to it; with padding on the left, a mask is needed.
 *
 * @param rows B
 * @param length T, the longest row
 * @param ids {@code [B·T]}, row by row
 * @param attended {@code [B·T]}, 1 for a real token, 0 for padding
 * @param predicting flat positions whose next token counts in the loss, {@code [N]}
 * @param targets the token to be predicted at each of them, {@code [N]}
 * @param row which row each of them belongs to, {@code [N]}
 * @param templates of each row, what its chat template wrote
 */
public record Batch(
        int rows,
        int length,
        long[] ids,
        long[] attended,
        long[] predicting,
        long[] targets,
        long[] row,
        List<Sequence.Template> templates) {
    /** Which of the chat template's tokens. */
    public enum TemplatePart {
        /** Before the first user's words. */
        PREFIX,
        /** Between the last user's words and the answer. */
        SUFFIX
    }

    /** Of tokens that no chat template wrote. */
    public Batch(int rows, int length, long[] ids, long[] attended, long[] predicting, long[] targets, long[] row) {
        this(rows, length, ids, attended, predicting, targets, row, Collections.nCopies(rows, Sequence.Template.NONE));
    }

    /** Pads on the right with id 0, which no real token attends to. */
    public static Batch of(List<Sequence> sequences) {
        int length = sequences.stream().mapToInt(Sequence::length).max().orElseThrow();
        int answers = sequences.stream().mapToInt(Batch::answers).sum();
        long[] ids = new long[sequences.size() * length];
        long[] attended = new long[ids.length];
        long[] predicting = new long[answers];
        long[] targets = new long[answers];
        long[] row = new long[answers];
        int n = 0;
        for (int b = 0; b < sequences.size(); b++) {
            Sequence s = sequences.get(b);
            for (int t = 0; t < s.length(); t++) {
                ids[b * length + t] = s.ids()[t];
                attended[b * length + t] = 1;
                if (t > 0 && s.lossMask()[t]) {
                    predicting[n] = (long) b * length + t - 1;
                    targets[n] = s.ids()[t];
                    row[n++] = b;
                }
            }
        }
        List<Sequence.Template> templates =
                sequences.stream().map(Sequence::template).toList();
        return new Batch(sequences.size(), length, ids, attended, predicting, targets, row, templates);
    }

    /** Pads on the left, as generation needs; no token counts in the loss. */
    public static Batch leftPadded(List<long[]> prompts) {
        int length = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
        long[] ids = new long[prompts.size() * length];
        long[] attended = new long[ids.length];
        for (int b = 0; b < prompts.size(); b++) {
            long[] prompt = prompts.get(b);
            int from = (b + 1) * length - prompt.length;
            System.arraycopy(prompt, 0, ids, from, prompt.length);
            Arrays.fill(attended, from, (b + 1) * length, 1);
        }
        return new Batch(prompts.size(), length, ids, attended, new long[0], new long[0], new long[0]);
    }

    /** One row as a batch of its own, without padding. */
    Batch alone(int b) {
        int from = b * length;
        int to = from + length;
        while (attended[from] == 0) {
            from++;
        }
        while (attended[to - 1] == 0) {
            to--;
        }
        int first = from;
        int[] own = IntStream.range(0, predicting.length)
                .filter(n -> predicting[n] / length == b)
                .toArray();
        return new Batch(
                1,
                to - from,
                Arrays.copyOfRange(ids, from, to),
                Arrays.copyOfRange(attended, from, to),
                Arrays.stream(own).mapToLong(n -> predicting[n] - first).toArray(),
                Arrays.stream(own).mapToLong(n -> targets[n]).toArray(),
                new long[own.length],
                List.of(templates.get(b)));
    }

    /** Flat positions of those tokens of the chat template, of rows that begin without padding. */
    public long[] positions(TemplatePart part) {
        return IntStream.range(0, rows)
                .boxed()
                .flatMapToLong(b -> LongStream.range(from(b, part), to(b, part)).map(t -> (long) b * length + t))
                .toArray();
    }

    /** Whether a row has such tokens. */
    boolean has(int b, TemplatePart part) {
        return from(b, part) < to(b, part);
    }

    /** One row as a batch of its own, up to the last of those tokens: what comes behind does not touch them. */
    Batch upTo(int b, TemplatePart part) {
        int first = b * length;
        int end = first + to(b, part);
        Sequence.Template whole = templates.get(b);
        Sequence.Template own = part == TemplatePart.PREFIX
                ? new Sequence.Template(whole.prefix(), 0, 0)
                : new Sequence.Template(0, whole.from(), whole.to());
        return new Batch(
                1,
                end - first,
                Arrays.copyOfRange(ids, first, end),
                Arrays.copyOfRange(attended, first, end),
                new long[0],
                new long[0],
                new long[0],
                List.of(own));
    }

    private int from(int b, TemplatePart part) {
        return part == TemplatePart.PREFIX ? 0 : templates.get(b).from();
    }

    private int to(int b, TemplatePart part) {
        return part == TemplatePart.PREFIX
                ? templates.get(b).prefix()
                : templates.get(b).to();
    }

    private static int answers(Sequence s) {
        int n = 0;
        for (int t = 1; t < s.length(); t++) {
            n += s.lossMask()[t] ? 1 : 0;
        }
        return n;
    }

    /** Whether a row begins with padding. */
    public boolean padsLeft() {
        for (int b = 0; b < rows; b++) {
            if (attended[b * length] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Position of each token in its row, counted from the first real one; {@code [B·T]}. */
    public long[] positions() {
        long[] positions = new long[ids.length];
        for (int b = 0; b < rows; b++) {
            long position = 0;
            for (int t = b * length; t < (b + 1) * length; t++) {
                positions[t] = attended[t] == 0 ? 0 : position++;
            }
        }
        return positions;
    }

    /** Number of real tokens of each row, {@code [B]}. */
    long[] lengths() {
        long[] lengths = new long[rows];
        for (int i = 0; i < attended.length; i++) {
            lengths[i / length] += attended[i];
        }
        return lengths;
    }

    /** Number of real tokens, without padding. */
    public long tokens() {
        long n = 0;
        for (long a : attended) {
            n += a;
        }
        return n;
    }

    /** Number of answer tokens of each row, {@code [B]}. */
    public float[] answerLengths() {
        float[] lengths = new float[rows];
        for (long r : row) {
            lengths[(int) r]++;
        }
        return lengths;
    }

    /** N, the number of answer tokens. */
    public int answerTokens() {
        return targets.length;
    }
}
