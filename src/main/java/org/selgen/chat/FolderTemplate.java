package org.selgen.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;

/**
 * The chat template that a model's folder brings: {@code chat_template.jinja} before the {@code chat_template} of
 * {@code tokenizer_config.json} before {@code chat_template.json}, as transformers 5 reads them. Of several by name it is the
 * one named {@code default}.
 *
 * @param text the template
 * @param file where it stands
 */
record FolderTemplate(String text, String file) {
    static final String JINJA = "chat_template.jinja";
    private static final String CONFIG = "tokenizer_config.json";
    private static final String JSON = "chat_template.json";
    private static final String KEY = "chat_template";
    private static final List<String> TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");
    private static final long LONGEST = 1 << 20;

    /**
     * The folder's own; none where it brings none.
     *
     * @throws BadInput if a file is damaged, or there are several templates and none is the default
     */
    static Optional<FolderTemplate> of(Path folder) {
        Path jinja = FolderFile.of(folder, JINJA);
        if (Files.exists(jinja)) {
            return Optional.of(new FolderTemplate(text(jinja), JINJA));
        }
        for (String file : List.of(CONFIG, JSON)) {
            JsonNode template = json(folder, file).path(KEY);
            if (!template.isMissingNode() && !template.isNull()) {
                return Optional.of(new FolderTemplate(chosen(template, folder.resolve(file)), file));
            }
        }
        return Optional.empty();
    }

    /** The text of a file. */
    static String text(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new BadInput(file + " has " + Files.size(file) + " bytes but a template may have " + LONGEST
                        + "; give another");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new BadInput(file + " is not UTF-8 text; write it again", e);
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read (" + IoReason.of(e) + "); check the path", e);
        }
    }

    private static ObjectNode json(Path folder, String file) {
        Path path = FolderFile.of(folder, file);
        return Files.exists(path) ? JsonFile.read(path) : JsonFile.parse("{}", file);
    }

    private static String chosen(JsonNode template, Path file) {
        if (template.isTextual()) {
            return template.textValue();
        }
        Map<String, JsonNode> named = new TreeMap<>();
        template.forEach(each -> named.put(each.path("name").asText(), each.path("template")));
        JsonNode chosen = named.get("default");
        if (!template.isArray() || chosen == null || !chosen.isTextual()) {
            throw new BadInput(
                    file + ": " + KEY + " must be a text, or a list of templates of which one is named 'default'"
                            + " (there are " + named.keySet() + "); set chat.template in the experiment");
        }
        return chosen.textValue();
    }

    /** The special tokens that a template can name, as {@code bos_token}. */
    static Map<String, Object> tokens(Path folder) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        for (String file : List.of("special_tokens_map.json", CONFIG)) { // the second has the last word
            JsonNode json = json(folder, file);
            TOKENS.forEach(name -> put(tokens, name, json.path(name)));
            json.path("extra_special_tokens")
                    .fields()
                    .forEachRemaining(each -> put(tokens, each.getKey(), each.getValue()));
        }
        return tokens;
    }

    private static void put(Map<String, Object> tokens, String name, JsonNode token) {
        JsonNode text = token.isObject() ? token.path("content") : token;
        if (text.isTextual()) {
            tokens.put(name, text.textValue());
        }
    }
}
