package org.selgen.lm;

import java.nio.file.Path;
import java.util.Set;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;
import org.selgen.tensor.SafetensorsFolder;
import org.selgen.tokenizer.Tokenizer;

/**
 * A chat model from a Hugging Face folder: weights, tokenizer and chat template.
 *
 * @param decoder the weights
 * @param tokenizer text to tokens and back
 * @param template how a conversation is written as text
 * @param stops tokens that end an answer
 */
public record LanguageModel(Decoder decoder, Tokenizer tokenizer, ChatTemplate template, Set<Long> stops)
        implements AutoCloseable {

    /**
     * Opens a folder.
     *
     * @param type the element type to compute in
     * @throws org.selgen.data.BadInput if a file is missing or damaged, or the family is unknown
     */
    public static LanguageModel open(Path folder, DType type) {
        DecoderConfig config = DecoderConfigJson.read(folder);
        ChatTemplate template = ChatTemplate.of(config.family());
        Tokenizer tokenizer = Tokenizer.open(folder);
        return new LanguageModel(
                Decoder.open(folder, type), tokenizer, template, tokenizer.stops(template.endOfTurn()));
    }

    /**
     * Checks that a folder can be opened, without reading its weights.
     *
     * @throws org.selgen.data.BadInput if a file is missing or damaged, or the family is unknown
     */
    public static void check(Path folder) {
        DecoderConfig config = DecoderConfigJson.read(folder);
        WeightFiles.find(config, SafetensorsFolder.open(folder));
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            tokenizer.stops(ChatTemplate.of(config.family()).endOfTurn());
        }
    }

    /**
     * Checks that a folder can be opened, without reading its weights, and that an adapter fits the model.
     *
     * @throws org.selgen.data.BadInput as the other, and if a target of the adapter is no linear layer of the model
     */
    public static void check(Path folder, LoraConfig lora) {
        check(folder);
        lora.check(DecoderConfigJson.read(folder));
    }

    /** The same model under an adapter. */
    public LanguageModel with(Adapter adapter) {
        return new LanguageModel(decoder.with(adapter), tokenizer, template, stops);
    }

    /**
     * An encoder of conversations; it refuses rows of more than {@code maxTokens} tokens, or longer than the context.
     */
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
