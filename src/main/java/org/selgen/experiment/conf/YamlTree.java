package org.selgen.experiment.conf;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/**
 * The tree of one YAML document. An alias {@code *name} stands for what {@code &name} before it marks; the keys below
 * {@code <<} are taken where the mapping has none of the name itself, those of the first of several mappings first.
 *
 * <p>Refused: an alias of what is not marked before it or is not yet complete; more than {@value #MOST} values once all
 * aliases are followed; a second document.
 */
final class YamlTree {
    private static final int MOST = 100_000;
    private static final String MERGE = "<<";

    private final YAMLParser parser;
    private final Iterator<Event> events;
    private final String where;
    private final Map<String, JsonNode> marked = new HashMap<>();
    private @Nullable Event event;
    private int values;

    /** @param events of the same text, one for each token of the parser, which does not tell the marks of scalars */
    YamlTree(YAMLParser parser, Iterator<Event> events, String where) {
        this.parser = parser;
        this.events = events;
        this.where = where;
    }

    JsonNode read() throws IOException {
        if (next() == null) {
            return MissingNode.getInstance();
        }
        JsonNode tree = node();
        if (next() != null) {
            throw wrong("a second document begins here; keep one in a file");
        }
        return tree;
    }

    private @Nullable JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        do {
            event = token == null ? null : events.next();
        } while (event instanceof StreamStartEvent
                || event instanceof DocumentStartEvent
                || event instanceof DocumentEndEvent
                || event instanceof CommentEvent);
        return token;
    }

    /** What begins at the current token. */
    private JsonNode node() throws IOException {
        if (parser.isCurrentAlias()) {
            return alias(parser.getText());
        }
        count(1);
        String mark = event instanceof NodeEvent begin ? begin.getAnchor() : null;
        JsonNode node = switch (parser.currentToken()) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            default -> parser.readValueAsTree();
        };
        if (mark != null) {
            marked.put(mark, node);
        }
        return node;
    }

    private JsonNode alias(String name) {
        JsonNode node = marked.get(name);
        if (node == null) {
            throw wrong("*" + name + " stands for nothing: no complete &" + name
                    + " is before it; add it, or put a text" + " that begins with * in quotes");
        }
        count(size(node));
        return node.deepCopy(); // --set may change one of the two
    }

    private ArrayNode sequence() throws IOException {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        while (next() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return items;
    }

    private ObjectNode mapping() throws IOException {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        while (next() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            next();
            JsonNode value = node();
            if (key.equals(MERGE)) {
                merge(value, merged);
            } else {
                mapping.set(key, value);
            }
        }
        fill(mapping, merged);
        return mapping;
    }

    private void merge(JsonNode value, ObjectNode merged) {
        for (JsonNode each :
                value.isArray() ? value : JsonNodeFactory.instance.arrayNode().add(value)) {
            if (!(each instanceof ObjectNode mapping)) {
                throw wrong("below << must stand a mapping, or a list of mappings, as *name; change it");
            }
            fill(merged, mapping);
        }
    }

    private static void fill(ObjectNode mapping, ObjectNode others) {
        others.fields().forEachRemaining(field -> mapping.putIfAbsent(field.getKey(), field.getValue()));
    }

    private void count(int more) {
        values += more;
        if (values > MOST) {
            throw wrong("there are more than " + MOST + " values once its aliases are followed; write fewer");
        }
    }

    private static int size(JsonNode node) {
        int size = 1;
        for (JsonNode child : node) {
            size += size(child);
        }
        return size;
    }

    private BadInput wrong(String what) {
        return new BadInput(where + ", line " + parser.currentTokenLocation().getLineNr() + ": " + what);
    }
}
