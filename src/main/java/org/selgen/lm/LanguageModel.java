package org.selgen.lm;

import java.nio.file.Path;
import java.util.Set;
import org.selgen.tensor.DType;
import org.selgen.tensor.SafetensorsFolder;

/**
 * Everything in a Hugging Face folder that a model needs to chat.
 *
 * @param decoder the weights
 * @param tokenizer text to tokens and back
 * @param template how a conversation is spelt
 * @param stops tokens that end an answer
 */
public record LanguageModel(Decoder decoder, Tokenizer tokenizer, ChatTemplate template, Set<Long> stops)
        implements AutoCloseable {

    /**
     * Opens a folder.
     *
     * @param type what to compute in
     * @throws org.selgen.data.BadInput if a file is missing or damaged, or the family is unknown
     */
    public static LanguageModel open(Path folder, DType type) {
        DecoderConfig config = DecoderConfigJson.read(folder);
        ChatTemplate template = ChatTemplate.of(config.family());
        Tokenizer tokenizer = Tokenizer.open(folder);
        return new LanguageModel(Decoder.open(folder, type), tokenizer, template, tokenizer.stops(template));
    }

    /**
     * Looks whether a folder can be opened, without reading its weights.
     *
     * @throws org.selgen.data.BadInput if a file is missing or damaged, or the family is unknown
     */
    public static void check(Path folder) {
        DecoderConfig config = DecoderConfigJson.read(folder);
        DecoderWeights.check(config, SafetensorsFolder.open(folder));
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            tokenizer.stops(ChatTemplate.of(config.family()));
        }
    }

    /** The same model under an adapter. */
    public LanguageModel with(Adapter adapter) {
        return new LanguageModel(decoder.with(adapter), tokenizer, template, stops);
    }

    /** Turns conversations into tokens; rows of more than {@code maxTokens}, or than the context, are refused. */
    public ChatEncoder encoder(int maxTokens) {
        return new ChatEncoder(
                tokenizer, template, Math.min(maxTokens, decoder.config().maxPositions()));
    }

    @Override
    public void close() {
        tokenizer.close();
        decoder.close();
    }
}
