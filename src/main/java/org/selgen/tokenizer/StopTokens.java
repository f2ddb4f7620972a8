package org.selgen.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.selgen.data.BadInput;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;

/** The tokens at which generation stops, as named by the files beside a tokenizer. */
final class StopTokens {
    private static final String TOKEN = "eos_token";
    private static final String TOKEN_ID = "eos_token_id";
    private static final List<String> WITH_IDS = List.of("generation_config.json", "config.json");
    private static final List<String> WITH_TOKENS = List.of("tokenizer_config.json", "special_tokens_map.json");

    private final Path folder;
    private final ToLongFunction<String> lookup;

    StopTokens(Path folder, ToLongFunction<String> lookup) {
        this.folder = folder;
        this.lookup = lookup;
    }

    /** Every end-of-text token that a file names, and the token that ends a turn. */
    Set<Long> ids(OptionalLong endOfTurn) {
        Set<Long> ids = new TreeSet<>();
        WITH_IDS.forEach(file -> addIds(file, ids));
        WITH_TOKENS.forEach(file -> addToken(file, ids));
        if (ids.isEmpty()) {
            throw missing();
        }
        endOfTurn.ifPresent(ids::add);
        return Collections.unmodifiableSet(ids);
    }

    private void addToken(String file, Set<Long> ids) {
        JsonNode value = value(file, TOKEN);
        JsonNode token = value.isObject() ? value.path("content") : value;
        if (token.isTextual()) {
            ids.add(lookup.applyAsLong(token.textValue()));
        } else if (!token.isNull() && !token.isMissingNode()) {
            throw bad(file, TOKEN, value, "a token");
        }
    }

    private void addIds(String file, Set<Long> ids) {
        JsonNode value = value(file, TOKEN_ID);
        if (value.isMissingNode() || value.isNull()) { // of the text part, where a folder has more
            value = value(file, "text_config").path(TOKEN_ID);
        }
        for (JsonNode id : value.isArray() ? value : List.of(value)) {
            if (id.isInt() && id.intValue() >= 0) {
                ids.add(id.longValue());
            } else if (!id.isNull() && !id.isMissingNode()) {
                throw bad(file, TOKEN_ID, value, "a token id or a list of them");
            }
        }
    }

    private JsonNode value(String file, String key) {
        Path path = FolderFile.of(folder, file);
        return Files.exists(path)
                ? JsonFile.read(path).path(key)
                : JsonFile.parse("{}", file).path(key);
    }

    private BadInput bad(String file, String key, JsonNode value, String bound) {
        return new BadInput(folder.resolve(file) + ": " + key + " is " + value + " but must be " + bound
                + "; download the file again");
    }

    private BadInput missing() {
        return new BadInput("model folder " + folder + " names no eos token, but one is needed; add \"" + TOKEN
                + "\" to " + folder.resolve(WITH_TOKENS.get(0)));
    }
}
