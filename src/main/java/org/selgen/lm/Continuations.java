package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.selgen.data.Message;
import org.selgen.lm.StreamingGenerator.Candidate;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * Which tokens may follow begun answers to several conversations. The conversations are read once, as one batch; a beginning
 * costs its own tokens. Belongs to one thread and to the scope that it is made in.
 */
public final class Continuations {
    private static final int ROWS = 32; // bounds the memory of keys and values that begun answers take
    private static final int LONGEST = 8; // most tokens of a beginning

    private final LanguageModel model;
    private final Batch batch;
    private final KvCache cache;
    private final float[] first; // scores of the token after each conversation, [B · V]

    /**
     * Reads the conversations.
     *
     * @throws org.selgen.data.BadInput if one is too long; {@link ChatEncoder#prompt} tells before
     */
    public Continuations(LanguageModel model, List<List<Message>> chats) {
        this.model = model;
        ChatEncoder encoder = model.encoder(Integer.MAX_VALUE);
        this.batch = Batch.leftPadded(chats.stream().map(encoder::prompt).toList());
        this.cache = model.decoder().cache(batch.rows(), batch.length() + LONGEST);
        Tensor ids = Tensor.of(batch.ids(), batch.rows(), batch.length());
        try (Scope step = Scope.open()) {
            this.first = floats(
                    batch.padsLeft()
                            ? model.decoder()
                                    .next(
                                            ids,
                                            Tensor.of(batch.positions(), batch.rows(), batch.length()),
                                            Tensor.of(batch.attended(), batch.rows(), batch.length()),
                                            cache)
                            : model.decoder()
                                    .next(
                                            ids,
                                            Decoder.positions(0, batch.length()),
                                            model.decoder().absent(),
                                            cache));
        }
    }

    /**
     * The beginning of an answer.
     *
     * @param chat number of its conversation
     */
    public record Begun(int chat, String text) {}

    /** For each beginning the tokens that follow with a probability of at least {@code least}, in descending order. */
    public List<List<Candidate>> after(List<Begun> begun, double least) {
        List<List<Candidate>> all = new ArrayList<>();
        begun.forEach(each -> all.add(List.of()));
        Map<Integer, List<Integer>> byLength = new TreeMap<>();
        long[][] tokens = begun.stream()
                .map(each ->
                        each.text().isEmpty() ? new long[0] : model.tokenizer().encode(each.text()))
                .toArray(long[][]::new);
        for (int i = 0; i < tokens.length; i++) {
            byLength.computeIfAbsent(tokens[i].length, length -> new ArrayList<>())
                    .add(i);
        }
        byLength.forEach((length, numbers) -> {
            for (int from = 0; from < numbers.size(); from += ROWS) {
                List<Integer> some = numbers.subList(from, Math.min(numbers.size(), from + ROWS));
                long[] rows = some.stream().mapToLong(i -> begun.get(i).chat()).toArray();
                long[][] own = some.stream().map(i -> tokens[i]).toArray(long[][]::new);
                float[][] scores = length == 0 ? first(rows) : next(rows, own, length);
                for (int i = 0; i < rows.length; i++) {
                    all.set(some.get(i), candidates(scores[i], least));
                }
            }
        });
        return all;
    }

    private float[][] first(long[] rows) {
        int vocabulary = first.length / batch.rows();
        return Arrays.stream(rows)
                .mapToObj(row -> Arrays.copyOfRange(first, (int) row * vocabulary, ((int) row + 1) * vocabulary))
                .toArray(float[][]::new);
    }

    /** Scores of the token after so many more tokens of each row. */
    private float[][] next(long[] rows, long[][] more, int length) {
        long[] positions = new long[rows.length * length];
        int seen = batch.length() + length;
        long[] attended = new long[rows.length * seen];
        Arrays.fill(attended, 1);
        for (int i = 0; i < rows.length; i++) {
            int from = (int) rows[i] * batch.length();
            long last = batch.positions()[from + batch.length() - 1];
            for (int t = 0; t < length; t++) {
                positions[i * length + t] = last + 1 + t;
            }
            System.arraycopy(batch.attended(), from, attended, i * seen, batch.length());
        }
        long[] ids = Arrays.stream(more).flatMapToLong(Arrays::stream).toArray();
        try (Scope step = Scope.open()) {
            float[] scores = floats(model.decoder()
                    .next(
                            Tensor.of(ids, rows.length, length),
                            Tensor.of(positions, rows.length, length),
                            batch.padsLeft()
                                    ? Tensor.of(attended, rows.length, seen)
                                    : model.decoder().absent(),
                            cache.rows(rows)));
            int vocabulary = scores.length / rows.length;
            return IntStream.range(0, rows.length)
                    .mapToObj(i -> Arrays.copyOfRange(scores, i * vocabulary, (i + 1) * vocabulary))
                    .toArray(float[][]::new);
        }
    }

    private static float[] floats(Tensor logits) {
        return logits.to(DType.F32).floats();
    }

    private List<Candidate> candidates(float[] scores, double least) {
        double most = IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .max()
                .orElseThrow();
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - most);
        }
        double whole = most + Math.log(sum);
        double bound = Math.log(least);
        return IntStream.range(0, scores.length)
                .filter(i -> scores[i] - whole >= bound)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .map(i -> new Candidate(model.tokenizer().decode(new long[] {i}), scores[i] - whole))
                .toList();
    }
}
