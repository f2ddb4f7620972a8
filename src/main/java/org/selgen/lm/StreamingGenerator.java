package org.selgen.lm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lm.Assistant.Answer;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/** Answers one conversation at a time, token by token, with log-probabilities. */
public final class StreamingGenerator {
    private final LanguageModel model;
    private final int context;
    private final ChatEncoder encoder;

    public StreamingGenerator(LanguageModel model) {
        this(model, Integer.MAX_VALUE);
    }

    /** @param longest tokens of prompt and answer together; beyond the model's context that bounds them */
    public StreamingGenerator(LanguageModel model, int longest) {
        this.model = model;
        this.context = Math.min(longest, model.decoder().config().maxPositions());
        this.encoder = model.encoder();
    }

    /** Bytes that keys and values of one token take. */
    public static long cacheBytes(LanguageModel model) {
        DecoderConfig config = model.decoder().config();
        return 2L * config.layers() * config.kvHeads() * config.headDim() * Float.BYTES;
    }

    /**
     * A candidate for the next token.
     *
     * @param token its text
     * @param logprob natural logarithm, at temperature 1
     */
    public record Candidate(String token, double logprob) {}

    /**
     * One chosen token.
     *
     * @param text the text it adds to the answer; empty for the token that ends the turn, and while a character is
     *     incomplete
     * @param logprob of the token
     * @param top the most probable tokens at this position, in descending order
     */
    public record StreamedToken(String text, double logprob, List<Candidate> top) {}

    /** Gets each token as soon as it is chosen, and says whether to go on. */
    public interface Listener {
        boolean chosen(StreamedToken token);
    }

    /** Why an answer ended, and how many tokens it and its prompt have. */
    public record Result(String finish, int promptTokens, int tokens) {}

    /**
     * The tokens that an answer to a conversation follows.
     *
     * @throws BadInput if they are too many
     */
    public long[] prompt(List<Message> chat) {
        return fitting(encoder.prompt(chat));
    }

    /** Whether conversations are written with this value of a variable of the chat template. */
    public boolean writes(String variable, Object value) {
        return model.template().has(variable, value);
    }

    /**
     * The tokens of a text that is to be continued, without a chat template.
     *
     * @throws BadInput if it is empty or too long
     */
    public long[] prompt(String text) {
        return fitting(model.tokenizer().encode(text));
    }

    private long[] fitting(long[] prompt) {
        if (prompt.length == 0 || prompt.length >= context) {
            boolean whole = context == model.decoder().config().maxPositions();
            throw new BadInput("the prompt has " + prompt.length + " tokens but must have at least 1 and at most "
                    + (context - 1) + ", so that an answer fits the "
                    + (whole
                            ? "model's context; change it"
                            : "memory of its keys and values; change it or raise --kv-memory"));
        }
        return prompt;
    }

    /**
     * Continues a prompt.
     *
     * @param top how many of the most probable tokens to give for each position
     */
    public Result generate(long[] prompt, Decoding decoding, int top, Listener listener) {
        int room = Math.min(decoding.maxTokens(), context - prompt.length);
        SplittableRandom random = new SplittableRandom(decoding.seed());
        List<Long> chosen = new ArrayList<>();
        String text = "";
        try (Scope whole = Scope.open()) {
            KvCache cache = model.decoder().cache(1, prompt.length + room);
            long[] next = prompt;
            for (int n = 0; n < room; n++) {
                Choice step = step(next, cache, decoding, random);
                if (model.stops().contains(step.token)) {
                    listener.chosen(
                            new StreamedToken("", step.logProbs[(int) step.token], candidates(step.logProbs, top)));
                    return new Result(Answer.STOP, prompt.length, n + 1);
                }
                chosen.add(step.token);
                String longer = model.tokenizer()
                        .decodePlain(chosen.stream().mapToLong(Long::longValue).toArray());
                // a character may need several tokens; until it is complete it is decoded as U+FFFD
                boolean complete = longer.startsWith(text) && !longer.endsWith("\uFFFD");
                boolean on = listener.chosen(new StreamedToken(
                        complete ? longer.substring(text.length()) : "",
                        step.logProbs[(int) step.token],
                        candidates(step.logProbs, top)));
                if (!on) {
                    return new Result(Answer.STOP, prompt.length, chosen.size());
                }
                text = complete ? longer : text;
                next = new long[] {step.token};
            }
        }
        return new Result(Answer.LENGTH, prompt.length, chosen.size());
    }

    private Choice step(long[] ids, KvCache cache, Decoding decoding, SplittableRandom random) {
        try (Scope step = Scope.open()) {
            Tensor logits = logits(ids, cache);
            double[] logProbs = logProbs(logits);
            if (decoding.temperature() == 0) {
                return new Choice(Tensors.greedy(logits).longs()[0], logProbs);
            }
            Tensor uniform = Tensor.of(new float[] {(float) random.nextInt(1 << 24) / (1 << 24)});
            long token = Tensors.sample(logits, uniform, decoding.temperature(), decoding.topP())
                    .longs()[0];
            return new Choice(token, logProbs);
        }
    }

    private Tensor logits(long[] ids, KvCache cache) {
        Decoder lm = model.decoder();
        long past = cache.past();
        return lm.next(Tensor.of(ids, 1, ids.length), Decoder.positions(past, past + ids.length), lm.absent(), cache);
    }

    private static double[] logProbs(Tensor logits) {
        float[] scores = logits.to(DType.F32).floats();
        double most = IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .max()
                .orElseThrow();
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - most);
        }
        double whole = most + Math.log(sum);
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i] - whole)
                .toArray();
    }

    private List<Candidate> candidates(double[] logProbs, int top) {
        return IntStream.range(0, top == 0 ? 0 : logProbs.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -logProbs[i]))
                .limit(top)
                .map(i -> new Candidate(model.tokenizer().decode(new long[] {i}), logProbs[i]))
                .toList();
    }

    private record Choice(long token, double[] logProbs) {}
}
