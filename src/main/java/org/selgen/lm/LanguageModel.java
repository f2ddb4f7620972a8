package org.selgen.lm;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.data.Message;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;
import org.selgen.tensor.SafetensorsFolder;
import org.selgen.tensor.Scope;
import org.selgen.tokenizer.Tokenizer;

/** A chat model from a Hugging Face folder: weights, tokenizer and chat template. */
public final class LanguageModel implements AutoCloseable {
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final ChatFormat chat;

    private LanguageModel(Decoder decoder, Tokenizer tokenizer, ChatFormat chat) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.chat = chat;
    }

    /**
     * Opens a folder. Its chat template is read when it is first needed.
     *
     * @param type the element type to compute in
     * @throws org.selgen.data.BadInput if a file is missing or damaged, or the family is unknown
     */
    public static LanguageModel open(Path folder, DType type) {
        DecoderConfig config = DecoderConfigJson.read(folder);
        Tokenizer tokenizer = Tokenizer.open(folder, config.vocab());
        return new LanguageModel(
                Decoder.open(folder, type),
                tokenizer,
                new ChatFormat(folder, config.family(), tokenizer, ChatSettings.DEFAULT));
    }

    /**
     * Checks that a folder can be opened and asked, without reading its weights.
     *
     * @throws org.selgen.data.BadInput if a file is missing or damaged, the family is unknown, or there is no chat template
     */
    public static void check(Path folder, ChatSettings settings) {
        checkFiles(folder);
        DecoderConfig config = DecoderConfigJson.read(folder);
        try (Tokenizer tokenizer = Tokenizer.open(folder, config.vocab())) {
            new ChatFormat(folder, config.family(), tokenizer, settings).stops();
        }
    }

    /**
     * Checks that a folder can be opened, without reading its weights, and whether it has a chat template or not.
     *
     * @throws org.selgen.data.BadInput if a file is missing or damaged, or the family is unknown
     */
    static void checkFiles(Path folder) {
        DecoderConfig config = DecoderConfigJson.read(folder);
        WeightFiles.find(config, SafetensorsFolder.open(folder));
        try (Tokenizer tokenizer = Tokenizer.open(folder, config.vocab())) {
            tokenizer.stops("");
        }
    }

    /**
     * What a method's knobs must fit.
     *
     * @param modules number of linear layers that are adapted
     * @param layers number of decoder layers
     * @param template what the chat template writes around a user's words; the tokenizer is opened when it is asked for
     */
    public record ModelFit(int modules, int layers, Supplier<Sequence.Template> template) {}

    /**
     * The same, and that an adapter fits the model.
     *
     * @throws org.selgen.data.BadInput as the other, and if a target of the adapter is no linear layer of the model
     */
    public static ModelFit check(Path folder, ChatSettings settings, LoraConfig lora) {
        check(folder, settings);
        DecoderConfig config = DecoderConfigJson.read(folder);
        lora.check(config);
        return new ModelFit(lora.modules(config), config.layers(), () -> around(folder, config, settings));
    }

    private static Sequence.Template around(Path folder, DecoderConfig config, ChatSettings settings) {
        try (Tokenizer tokenizer = Tokenizer.open(folder, config.vocab())) {
            return new ChatFormat(folder, config.family(), tokenizer, settings)
                    .encoder(config.maxPositions())
                    .answered(List.of(Message.user("user")), "assistant")
                    .template();
        }
    }

    /**
     * The chat template of a folder; nothing else is opened.
     *
     * @throws org.selgen.data.BadInput if there is none, or it cannot be rendered
     */
    public static ChatTemplate template(Path folder, ChatSettings settings) {
        return ChatTemplate.of(folder, DecoderConfigJson.read(folder).family().modelType(), settings);
    }

    /** The weights. */
    public Decoder decoder() {
        return decoder;
    }

    /** Text to tokens and back. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * How a conversation is written as text.
     *
     * @throws org.selgen.data.BadInput if there is no chat template, or it cannot be rendered
     */
    public ChatTemplate template() {
        return chat.template();
    }

    /**
     * The tokens that end an answer.
     *
     * @throws org.selgen.data.BadInput as {@link #template}, or if the files name no end-of-text token
     */
    public Set<Long> stops() {
        return chat.stops();
    }

    /** The same model under an adapter. */
    public LanguageModel with(Adapter adapter) {
        return new LanguageModel(decoder.with(adapter), tokenizer, chat);
    }

    /** The same model for answering, as {@link Decoder#merged}. */
    public LanguageModel merged(Scope owner) {
        return new LanguageModel(decoder.merged(owner), tokenizer, chat);
    }

    /** The same model, asked by other settings. */
    public LanguageModel with(ChatSettings settings) {
        return new LanguageModel(decoder, tokenizer, chat.with(settings));
    }

    /** An encoder of conversations of any length. */
    ChatEncoder encoder() {
        return chat.encoder(Integer.MAX_VALUE);
    }

    /**
     * An encoder of conversations; it refuses rows of more than {@code maxTokens} tokens, or longer than the context.
     */
    public ChatEncoder encoder(int maxTokens) {
        return chat.encoder(Math.min(maxTokens, decoder.config().maxPositions()));
    }

    @Override
    public void close() {
        tokenizer.close();
        decoder.close();
    }
}
