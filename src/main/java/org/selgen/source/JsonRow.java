package org.selgen.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Message;

/**
 * A JSON object of a file, with checked fields. An error names the file, the line and the field.
 *
 * @param place {@code file:line}
 * @param prefix path of this object within the line, such as {@code messages[1].}; empty for the whole line
 * @param node the object
 */
record JsonRow(String place, String prefix, JsonNode node) {

    /** A string that is not blank. */
    String text(String field) {
        JsonNode value = value(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(field, "must be a string that is not blank");
        }
        return value.textValue();
    }

    /** As {@link #text}; empty for null or an absent field. */
    Optional<String> optionalText(String field) {
        return node.path(field).isMissingNode() || node.path(field).isNull()
                ? Optional.empty()
                : Optional.of(text(field));
    }

    /** As {@link #text}; empty for null. The field must be present. */
    Optional<String> textOrNull(String field) {
        return value(field).isNull() ? Optional.empty() : Optional.of(text(field));
    }

    int integer(String field) {
        JsonNode value = value(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(field, "must be a whole number");
        }
        return value.intValue();
    }

    /** A whole number of at least 1, or null where the field is null. */
    @Nullable
    Integer positiveOrNull(String field) {
        if (value(field).isNull()) {
            return null;
        }
        int value = integer(field);
        if (value < 1) {
            throw wrong(field, "must be at least 1, or null");
        }
        return value;
    }

    /** The turns of a chat: optionally a system turn, then user and assistant alternating, with the assistant last. */
    List<Message> chat(String field) {
        JsonNode turns = value(field);
        if (!turns.isArray()) {
            throw wrong(field, "must be a list of turns");
        }
        List<Message> chat = new ArrayList<>();
        for (JsonNode turn : turns) {
            chat.add(turn(field + "[" + chat.size() + "]", turn, chat));
        }
        if (chat.isEmpty() || !chat.get(chat.size() - 1).role().equals(Message.ASSISTANT)) {
            throw wrong(field, "must end with an assistant turn, which is the answer");
        }
        return chat;
    }

    /** Refuses fields that are not among {@code known}. */
    void only(Set<String> known) {
        Set<String> unknown = new HashSet<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            unknown.add(names.next());
        }
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw wrong(unknown.iterator().next(), "is not a field of this format");
        }
    }

    BadInput wrong(String field, String bound) {
        JsonNode value = node.path(field);
        String shown = value.isMissingNode() ? "" : " (" + shortened(value.toString()) + ")";
        return new BadInput(place + ": " + prefix + field + shown + " " + bound + "; correct the row");
    }

    private Message turn(String name, JsonNode turn, List<Message> before) {
        if (!turn.isObject()) {
            throw new BadInput(
                    place + ": " + prefix + name + " must be an object with role and content; correct the row");
        }
        JsonRow row = new JsonRow(place, prefix + name + ".", turn);
        String role = row.text("role");
        if (!expected(before).contains(role)) {
            throw row.wrong("role", "must be " + String.join(" or ", expected(before)) + " here");
        }
        return new Message(role, row.text("content"));
    }

    private static List<String> expected(List<Message> before) {
        if (before.isEmpty()) {
            return List.of(Message.SYSTEM, Message.USER);
        }
        boolean asked = before.get(before.size() - 1).role().equals(Message.USER);
        return List.of(asked ? Message.ASSISTANT : Message.USER);
    }

    private JsonNode value(String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            throw wrong(field, "is missing");
        }
        return value;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
