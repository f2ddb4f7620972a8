package org.selgen.stage.toy;

import java.nio.file.Path;
import java.util.List;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.lm.ChatEncoder;
import org.selgen.lm.Sequence;
import org.selgen.source.toy.Passage;
import org.selgen.tokenizer.Tokenizer;

/** The toy world's passages as tokens. */
public final class ToyText implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final ChatEncoder encoder;

    public ToyText(Path folder) {
        this.tokenizer = Tokenizer.open(folder);
        ChatTemplate template = ChatTemplate.of(folder, ToyModel.FAMILY, ChatSettings.DEFAULT);
        this.encoder = new ChatEncoder(tokenizer, template, tokenizer.stops(template.ending()), Integer.MAX_VALUE);
    }

    public Sequence sequence(Passage passage) {
        return passage.isPlain() ? plain(passage) : encoder.answered(passage.prompt(), passage.reply());
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
