package org.selgen.lm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.selgen.data.BadInput;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;

/** Tokens that begin, end and pad a text, as named by the files beside a tokenizer. */
final class SpecialTokens {
    private static final List<String> WITH_IDS = List.of("generation_config.json", "config.json");
    private static final List<String> WITH_TOKENS = List.of("tokenizer_config.json", "special_tokens_map.json");

    private final Path folder;
    private final ToLongFunction<String> lookup;

    SpecialTokens(Path folder, ToLongFunction<String> lookup) {
        this.folder = folder;
        this.lookup = lookup;
    }

    /**
     * The one token of this role, {@code bos} or {@code pad}: the tokenizer's own files take precedence over the
     * model's.
     */
    long one(String role) {
        Set<Long> ids = new TreeSet<>();
        for (String file : WITH_TOKENS) {
            addToken(file, role, ids);
        }
        for (String file : WITH_IDS) {
            if (ids.isEmpty()) {
                addIds(file, role, ids);
            }
        }
        if (ids.size() != 1) {
            throw missing(role, ids);
        }
        return ids.iterator().next();
    }

    /** Every end-of-text token that a file names, and the token that ends a turn. */
    Set<Long> stops(String endOfTurn) {
        Set<Long> ids = new TreeSet<>();
        WITH_IDS.forEach(file -> addIds(file, "eos", ids));
        WITH_TOKENS.forEach(file -> addToken(file, "eos", ids));
        if (ids.isEmpty()) {
            throw missing("eos", ids);
        }
        ids.add(lookup.applyAsLong(endOfTurn));
        return Collections.unmodifiableSet(ids);
    }

    private void addToken(String file, String role, Set<Long> ids) {
        JsonNode value = value(file, role + "_token");
        JsonNode token = value.isObject() ? value.path("content") : value;
        if (token.isTextual()) {
            ids.add(lookup.applyAsLong(token.textValue()));
        } else if (!token.isNull() && !token.isMissingNode()) {
            throw bad(file, role + "_token", value, "a token");
        }
    }

    private void addIds(String file, String role, Set<Long> ids) {
        JsonNode value = value(file, role + "_token_id");
        for (JsonNode id : value.isArray() ? value : List.of(value)) {
            if (id.isInt() && id.intValue() >= 0) {
                ids.add(id.longValue());
            } else if (!id.isNull() && !id.isMissingNode()) {
                throw bad(file, role + "_token_id", value, "a token id or a list of them");
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

    private BadInput missing(String role, Set<Long> found) {
        return new BadInput("model folder " + folder + " names " + (found.isEmpty() ? "no" : "several " + found) + " "
                + role + " token, but exactly one is needed; add \"" + role + "_token\" to "
                + folder.resolve(WITH_TOKENS.get(0)));
    }
}
