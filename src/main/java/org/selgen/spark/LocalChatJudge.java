package org.selgen.spark;

import java.nio.file.Path;
import java.util.List;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.judge.Completion;
import org.selgen.judge.JudgeModel;
import org.selgen.judge.NumberScore;
import org.selgen.judge.NumberTokens;
import org.selgen.judge.Rubric.Mode;
import org.selgen.judge.TokenLogprob;
import org.selgen.lm.Decoding;
import org.selgen.lm.StreamingGenerator;
import org.selgen.lm.StreamingGenerator.Result;
import org.selgen.tensor.DType;

/**
 * A local model as a judge, one prompt at a time. Scores are read by {@link NumberScore}, so that its tokenizer may
 * split numbers into several tokens.
 */
public final class LocalChatJudge implements JudgeModel, AutoCloseable {
    private static final double LEAST = 1e-4;
    private static final int LONGEST = 16;

    private final BaseModels.SharedModel lease;
    private final StreamingGenerator generator;
    private final String name;

    private LocalChatJudge(BaseModels.SharedModel lease, String name) {
        this.lease = lease;
        this.generator = new StreamingGenerator(lease.model());
        this.name = name;
    }

    public static LocalChatJudge open(Path folder, String name) {
        return new LocalChatJudge(BaseModels.SHARED.lease(folder, DType.F32), name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public synchronized Completion complete(String prompt, Mode mode) throws Unanswered {
        List<Message> chat = List.of(Message.user(prompt));
        try {
            if (mode == Mode.TEXT) {
                StringBuilder text = new StringBuilder();
                Result result = generator.generate(generator.prompt(chat), Decoding.greedy(LONGEST), 0, token -> {
                    text.append(token.text());
                    return true;
                });
                return new Completion(text.toString().strip(), result.finish(), List.of(), NumberTokens.WHOLE);
            }
            List<TokenLogprob> numbers = NumberScore.of(begun -> generator.continuations(chat, begun, LEAST).stream()
                    .map(candidate -> new TokenLogprob(candidate.token(), candidate.logprob()))
                    .toList());
            return new Completion("", "", numbers, NumberTokens.WHOLE);
        } catch (BadInput e) { // one prompt that is too long
            throw new Unanswered(String.valueOf(e.getMessage()), "");
        }
    }

    @Override
    public void close() {
        lease.close();
    }
}
