package org.selgen.stage;

import java.nio.file.Path;
import java.util.List;
import org.selgen.lm.ChatTemplate;
import org.selgen.lm.Sequence;
import org.selgen.source.toy.Passage;
import org.selgen.tokenizer.Tokenizer;

/** The toy world's passages as tokens. */
public final class ToyText implements AutoCloseable {
    private final Tokenizer tokenizer;

    public ToyText(Path folder) {
        this.tokenizer = Tokenizer.open(folder);
    }

    public Sequence sequence(Passage passage) {
        return passage.isPlain() ? plain(passage) : chat(passage);
    }

    private Sequence chat(Passage passage) {
        return Sequence.answering(
                tokenizer.encode(ChatTemplate.GEMMA.prompt(passage.prompt())),
                tokenizer.encode(ChatTemplate.GEMMA.answer(passage.reply())));
    }

    /** A line between {@code <bos>} and {@code <eos>}; one word is one token. */
    private Sequence plain(Passage passage) {
        long[] ids = tokenizer.encode("<bos>" + passage.reply() + "<eos>");
        List<Boolean> words = passage.lossMask();
        boolean[] lossMask = new boolean[ids.length];
        for (int w = 0; w < words.size(); w++) {
            lossMask[w + 1] = words.get(w);
        }
        lossMask[ids.length - 1] = true;
        return new Sequence(ids, lossMask);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
