package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * The log-probability of each of several words as the continuation of a begun answer.
 * <pre>  log p(w) = Σ over the tokens of w of log p(token | prompt, beginning, tokens before) </pre>
 * Where every word is one token, a prompt costs one forward pass, whatever the number of words.
 */
public final class LoglikelihoodScorer {
    private static final int BATCH = 64;

    private final LanguageModel model;
    private final ChatEncoder encoder;
    private final long[] beginning; // tokens with which all answers begin
    private final List<long[]> words; // the other tokens of each answer

    /**
     * @param after how the answer begins, as {@code "it is "}; may be empty
     * @throws BadInput if the tokens of one word begin those of another, so that the two cannot be distinguished
     */
    public LoglikelihoodScorer(LanguageModel model, String after, List<String> words) {
        this.model = model;
        this.encoder = model.encoder(Integer.MAX_VALUE);
        List<long[]> answers = words.stream()
                .map(word -> model.tokenizer().encode(after + word))
                .toList();
        int shared = shared(answers);
        this.beginning = Arrays.copyOf(answers.get(0), shared);
        this.words = answers.stream()
                .map(answer -> Arrays.copyOfRange(answer, shared, answer.length))
                .toList();
        for (int i = 0; i < words.size(); i++) {
            for (int j = 0; j < words.size(); j++) {
                if (i != j && begins(this.words.get(i), this.words.get(j))) {
                    throw new BadInput("choices.words has '" + words.get(i) + "', whose tokens begin those of '"
                            + words.get(j) + "', so the model cannot tell them apart; take one out");
                }
            }
        }
    }

    /** Number of leading tokens that all have in common; at least one token of each is left. */
    private static int shared(List<long[]> answers) {
        int most = answers.stream().mapToInt(answer -> answer.length - 1).min().orElseThrow();
        int shared = 0;
        while (shared < most && same(answers, shared)) {
            shared++;
        }
        return shared;
    }

    private static boolean same(List<long[]> answers, int at) {
        return answers.stream().allMatch(answer -> answer[at] == answers.get(0)[at]);
    }

    private static boolean begins(long[] shorter, long[] longer) {
        int mismatch = Arrays.mismatch(shorter, longer);
        return mismatch < 0 || mismatch == shorter.length;
    }

    /**
     * For each conversation the log-probability of each word, nats.
     *
     * @param listener is told how many conversations are done, as they are
     */
    public List<double[]> logProbs(List<List<Message>> chats, IntConsumer listener) {
        boolean single = words.stream().allMatch(word -> word.length == 1);
        List<long[]> prompts = chats.stream()
                .map(chat -> joined(encoder.prompt(chat), beginning))
                .toList();
        return Autograd.off(() -> single ? next(prompts, listener) : whole(prompts, listener));
    }

    private List<double[]> next(List<long[]> prompts, IntConsumer listener) {
        List<double[]> all = new ArrayList<>();
        for (int from = 0; from < prompts.size(); from += BATCH) {
            List<long[]> some = prompts.subList(from, Math.min(prompts.size(), from + BATCH));
            try (Scope scope = Scope.open()) {
                float[] logits = logits(Batch.leftPadded(some)).to(DType.F32).floats();
                int vocabulary = logits.length / some.size();
                for (int row = 0; row < some.size(); row++) {
                    all.add(chosen(Arrays.copyOfRange(logits, row * vocabulary, (row + 1) * vocabulary)));
                }
            }
            listener.accept(all.size());
        }
        return all;
    }

    /** Scores of the token after each row; {@code [B, V]}. */
    private Tensor logits(Batch batch) {
        Decoder lm = model.decoder();
        int rows = batch.rows();
        int length = batch.length();
        Tensor ids = Tensor.of(batch.ids(), rows, length);
        KvCache cache = lm.cache(rows, length);
        return batch.padsLeft()
                ? lm.next(
                        ids,
                        Tensor.of(batch.positions(), rows, length),
                        Tensor.of(batch.attended(), rows, length),
                        cache)
                : lm.next(ids, Decoder.positions(0, length), lm.absent(), cache);
    }

    private double[] chosen(float[] logits) {
        double most = IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i] - most))
                .sum();
        double whole = most + Math.log(sum);
        return words.stream().mapToDouble(word -> logits[(int) word[0]] - whole).toArray();
    }

    private List<double[]> whole(List<long[]> prompts, IntConsumer listener) {
        List<Sequence> rows = prompts.stream()
                .flatMap(prompt -> words.stream().map(word -> Sequence.answering(prompt, word)))
                .toList();
        double[] all = new double[rows.size()];
        for (int from = 0; from < rows.size(); from += BATCH) {
            try (Scope scope = Scope.open()) {
                Batch batch = Batch.of(rows.subList(from, Math.min(rows.size(), from + BATCH)));
                float[] some = model.decoder()
                        .forward(batch)
                        .answerLogProbsByRow()
                        .to(DType.F32)
                        .floats();
                for (int i = 0; i < some.length; i++) {
                    all[from + i] = some[i];
                }
            }
            listener.accept(Math.min(rows.size(), from + BATCH) / words.size());
        }
        int many = words.size();
        return IntStream.range(0, prompts.size())
                .mapToObj(p -> Arrays.copyOfRange(all, p * many, (p + 1) * many))
                .toList();
    }

    private static long[] joined(long[] first, long[] second) {
        return LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}
