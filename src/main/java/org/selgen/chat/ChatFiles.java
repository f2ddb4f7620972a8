package org.selgen.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;
import org.selgen.file.WholeFile;

/**
 * How an adapter was asked, in its folder: {@code chat_template.jinja}, as other tools leave it too, and
 * {@code chat_settings.json} with variables and date. Neither is there where all is as without a word of chat.
 */
public final class ChatFiles {
    private static final String SETTINGS = "chat_settings.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChatFiles() {}

    /** Writes what differs from {@link ChatSettings#DEFAULT}. */
    public static void write(Path folder, ChatSettings settings) {
        if (!settings.template().isBlank()) {
            writeTemplate(folder, settings.template());
        }
        if (!settings.variables().isEmpty() || !settings.date().isEmpty()) {
            ObjectNode json = JSON.createObjectNode();
            json.set("variables", JSON.valueToTree(settings.variables()));
            json.put("date", settings.date());
            write(folder.resolve(SETTINGS), json.toPrettyString());
        }
    }

    /** Gives a folder a template, which counts before any other in it. */
    public static void writeTemplate(Path folder, String template) {
        write(folder.resolve(FolderTemplate.JINJA), template);
    }

    private static void write(Path file, String text) {
        WholeFile.write(file, List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * What a folder says.
     *
     * @throws BadInput if a file is damaged
     */
    public static ChatSettings read(Path folder) {
        Path template = FolderFile.of(folder, FolderTemplate.JINJA);
        Path file = FolderFile.of(folder, SETTINGS);
        ObjectNode json = Files.exists(file) ? JsonFile.read(file) : JSON.createObjectNode();
        return new ChatSettings(
                Files.exists(template) ? FolderTemplate.text(template) : "",
                map(json.path("variables"), file.toString()),
                json.path("date").asText(""));
    }

    /**
     * Variables as a JSON object spells them.
     *
     * @param where what the text is, to begin an error with
     */
    public static Map<String, Object> variables(String json, String where) {
        return map(JsonFile.parse(json, where), where);
    }

    private static Map<String, Object> map(JsonNode json, String where) {
        if (!json.isObject() && !json.isMissingNode()) {
            throw new BadInput(where + ": variables are " + json + " but must be names with a value each; mend it");
        }
        return json.isMissingNode() ? Map.of() : JSON.convertValue(json, new TypeReference<Map<String, Object>>() {});
    }

    /** Variables as a command line spells them, each {@code NAME=VALUE}: true, false, null, a number, or else a text. */
    public static Map<String, Object> assigned(List<String> assignments) {
        ObjectNode all = JSON.createObjectNode();
        for (String assignment : assignments) {
            int at = assignment.indexOf('=');
            if (at < 1) {
                throw new BadInput("--chat-variable is '" + assignment
                        + "' but must be NAME=VALUE, as enable_thinking=true; change it");
            }
            all.set(assignment.substring(0, at), value(assignment.substring(at + 1)));
        }
        return map(all, "--chat-variable");
    }

    private static JsonNode value(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read.isValueNode() && !text.isBlank() ? read : JSON.valueToTree(text);
        } catch (JsonProcessingException e) { // no JSON: a plain text
            return JSON.valueToTree(text);
        }
    }
}
