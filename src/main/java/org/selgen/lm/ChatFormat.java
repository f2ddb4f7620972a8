package org.selgen.lm;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selgen.chat.ChatSettings;
import org.selgen.chat.ChatTemplate;
import org.selgen.lm.config.Family;
import org.selgen.tokenizer.Tokenizer;

/** A model's chat template and the tokens that end its turns, read when first asked for: a model without one can still be opened. */
final class ChatFormat {
    private final Path folder;
    private final Family family;
    private final Tokenizer tokenizer;
    private final ChatSettings settings;
    private @Nullable Read read;

    ChatFormat(Path folder, Family family, Tokenizer tokenizer, ChatSettings settings) {
        this.folder = folder;
        this.family = family;
        this.tokenizer = tokenizer;
        this.settings = settings;
    }

    private record Read(ChatTemplate template, Set<Long> stops) {}

    private synchronized Read read() {
        if (read == null) {
            ChatTemplate template = ChatTemplate.of(folder, family.modelType(), settings);
            read = new Read(template, tokenizer.stops(template.ending()));
        }
        return read;
    }

    ChatTemplate template() {
        return read().template();
    }

    Set<Long> stops() {
        return read().stops();
    }

    ChatEncoder encoder(int context) {
        return new ChatEncoder(tokenizer, template(), stops(), context);
    }

    /** The same model with other settings. */
    ChatFormat with(ChatSettings other) {
        return other.equals(settings) ? this : new ChatFormat(folder, family, tokenizer, other);
    }
}
