package org.selgen.lm;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.selgen.chat.ChatSettings;
import org.selgen.data.Message;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tokenizer.Tokenizer;

/** Counts the tokens of rows by a model's tokenizer and chat template; needs no weights. Safe to share between threads. */
public interface TokenCounter extends AutoCloseable {
    /** Length of the model's context, in tokens. */
    int context();

    /** Number of tokens of a conversation, up to where the assistant's answer begins. */
    int prompt(List<Message> chat);

    /** Number of tokens of a conversation and its answer. */
    int answered(List<Message> chat, String answer);

    /** The parts of a text that the model cannot tell apart, as its tokenizer has no token for them. */
    Set<String> unknown(String text);

    @Override
    void close();

    /**
     * A counter for the model of a Hugging Face folder.
     *
     * @throws org.selgen.data.BadInput if its config or tokenizer is missing or damaged, its family unknown, or there
     *     is no chat template
     */
    static TokenCounter open(Path folder, ChatSettings settings) {
        DecoderConfig config = DecoderConfigJson.read(folder);
        Tokenizer tokenizer = Tokenizer.open(folder, config.vocab());
        ChatEncoder encoder = new ChatFormat(folder, config.family(), tokenizer, settings).encoder(Integer.MAX_VALUE);
        return new TokenCounter() {
            @Override
            public int context() {
                return config.maxPositions();
            }

            @Override
            public int prompt(List<Message> chat) {
                return encoder.prompt(chat).length;
            }

            @Override
            public int answered(List<Message> chat, String answer) {
                return encoder.answered(chat, answer).length();
            }

            @Override
            public Set<String> unknown(String text) {
                return tokenizer.unknown(text);
            }

            @Override
            public void close() {
                tokenizer.close();
            }
        };
    }
}
