package org.selgen.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;

/** Whether a tokenizer's special tokens are those that the model's configuration has. */
public final class SpecialTokens {
    private static final List<String> KINDS = List.of("bos_token", "eos_token", "pad_token");
    private static final List<String> WITH_IDS = List.of("config.json", "generation_config.json");
    private static final List<String> WITH_TOKENS = List.of("tokenizer_config.json", "special_tokens_map.json");

    private final Path folder;
    private final Tokenizer tokenizer;

    private SpecialTokens(Path folder, Tokenizer tokenizer) {
        this.folder = folder;
        this.tokenizer = tokenizer;
    }

    /**
     * Compares the beginning, end and padding tokens of a model folder's files.
     *
     * @param tokenizer of that folder
     * @throws BadInput if the tokenizer names another one than the configuration, or has no special token of that number
     */
    public static void check(Path folder, Tokenizer tokenizer) {
        KINDS.forEach(new SpecialTokens(folder, tokenizer)::check);
    }

    private void check(String kind) {
        Set<Long> ids = WITH_IDS.stream()
                .flatMap(file -> ids(json(file), kind + "_id").stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (ids.isEmpty()) {
            return;
        }
        Set<Long> special = tokenizer.added();
        if (!special.containsAll(ids)) {
            throw other(Tokenizer.FILE + ": the special tokens are " + shown(special), kind, ids);
        }
        for (String file : WITH_TOKENS) {
            JsonNode value = json(file).path(kind);
            JsonNode token = value.isObject() ? value.path("content") : value;
            if (token.isTextual()) {
                long id = tokenizer.id(token.textValue());
                if (!ids.contains(id) && !endsTurns(kind, token.textValue())) {
                    throw other(file + ": " + kind + " is '" + token.textValue() + "', token " + id, kind, ids);
                }
                return;
            }
        }
    }

    /** A tokenizer for chats may name the end of a turn where the configuration names the end of a text. */
    private boolean endsTurns(String kind, String token) {
        JsonNode template = json("tokenizer_config.json").path("chat_template");
        boolean inFile = Files.exists(folder.resolve("chat_template.jinja"));
        return kind.equals("eos_token") && (inFile || template.toString().contains(token));
    }

    private BadInput other(String found, String kind, Set<Long> ids) {
        return new BadInput(folder.resolve(found) + ", but the model's " + kind + "_id is " + shown(ids)
                + "; this tokenizer belongs to another model: download the folder again");
    }

    private static String shown(Set<Long> ids) {
        String all = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return all.length() <= 60 ? all : all.substring(0, 60) + "...";
    }

    /** Of the whole, or of the text part of a folder that has more; a negative number means none. */
    private static Set<Long> ids(JsonNode config, String key) {
        JsonNode value = config.hasNonNull(key)
                ? config.get(key)
                : config.path("text_config").path(key);
        Set<Long> ids = new TreeSet<>();
        for (JsonNode id : value.isArray() ? value : List.of(value)) {
            if (id.isInt() && id.intValue() >= 0) {
                ids.add(id.longValue());
            }
        }
        return ids;
    }

    private JsonNode json(String file) {
        Path path = FolderFile.of(folder, file);
        return Files.exists(path) ? JsonFile.read(path) : JsonFile.parse("{}", file);
    }
}
