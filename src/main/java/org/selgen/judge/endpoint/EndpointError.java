package org.selgen.judge.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.selgen.http.ApiKey;

/**
 * What an endpoint says in place of a reply, in the forms that services have: the object {@code error} of OpenAI, the lists
 * {@code detail} and {@code errors} of its relatives, or plain text.
 *
 * @param text its own words, on one line, without the key and without characters that a terminal obeys; may be empty
 * @param parameter the request's parameter that it names as the cause; empty if it names none in a field of its own
 * @param codes its codes and types, in small letters
 */
record EndpointError(String text, String parameter, String codes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 300;
    private static final int READ = 1 << 16;

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");
    private static final Pattern TAG = Pattern.compile("<[^<>]*+>");
    private static final Pattern FILTER_CODE = Pattern.compile("content_?(filter|policy|moderation|safety)|moderation"
            + "|responsible_?ai|data_inspection|prompt_?blocked|flagged_input|safety");
    private static final Pattern FILTER_WORDS = Pattern.compile("(?i)content[ _-]?(management )?(polic|filter|moderat)"
            + "|(prompt|input|request|message|content|text)s? (was|were|is|are|has been|have been) (flagged|filtered|blocked)"
            + "|inappropriate content|safety (system|filter|polic|settings)|usage polic");

    /** What a body says, which may be anything. */
    static EndpointError of(byte[] body, ApiKey key) {
        String text = key.scrub(new String(body, StandardCharsets.UTF_8));
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree.isContainerNode()) {
                return of(tree.isArray() ? tree.path(0) : tree, key);
            }
        } catch (JsonProcessingException e) {
            // then it is text, or a page of a proxy between us
        }
        String begun = text.substring(0, Math.min(text.length(), READ));
        return new EndpointError(line(TAG.matcher(begun).replaceAll(" ")), "", "");
    }

    private static EndpointError of(JsonNode tree, ApiKey key) {
        JsonNode error = tree.path("error").isObject() ? tree.get("error") : tree;
        String raw = error.path("metadata").path("raw").asText(""); // what the service behind a broker said
        String words = Stream.of(
                        error.path("message"),
                        error.path("detail"),
                        tree.path("error"),
                        tree.path("message"),
                        tree.path("detail"),
                        tree.path("errors"),
                        tree.path("msg"),
                        tree.path("title"))
                .map(EndpointError::said)
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElseGet(() -> tree.isEmpty() ? "" : tree.toString());
        String codes = Stream.of(
                        error.path("code"), error.path("type"), error.at("/innererror/code"), error.path("status"))
                .map(each -> each.asText(""))
                .collect(Collectors.joining(" "));
        String flagged = error.at("/metadata/flagged_input").isMissingNode() ? "" : " flagged_input";
        return new EndpointError(
                line(key.scrub(raw.isBlank() ? words : words + ": " + raw)),
                parameter(error, tree),
                (codes + flagged).toLowerCase(Locale.ROOT));
    }

    /** A text; or the words of a list of complaints, each with the place it is about. */
    private static String said(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(EndpointError::said)
                    .filter(each -> !each.isBlank())
                    .collect(Collectors.joining("; "));
        }
        if (!node.isObject()) {
            return node.asText("");
        }
        String place = StreamSupport.stream(node.path("loc").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining("."));
        String words = node.path("msg").asText(node.path("message").asText(""));
        return place.isEmpty() ? words : place + ": " + words;
    }

    private static String parameter(JsonNode error, JsonNode tree) {
        JsonNode loc = Stream.of(error.path("detail"), tree.path("detail"))
                .map(detail -> detail.path(0).path("loc"))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElse(error.path("loc"));
        String named = loc.isArray()
                ? loc.path(loc.size() - 1).asText()
                : error.path("param").asText("");
        return named.substring(named.lastIndexOf('.') + 1);
    }

    /** Whether a filter of the service stopped this request for what is in it, so that another try is in vain. */
    boolean filtered(int status) {
        boolean code = FILTER_CODE.matcher(codes).find();
        return switch (status) {
            case 400, 422 -> code || FILTER_WORDS.matcher(text).find();
            case 403 -> code; // in words it may be the account that is blocked
            default -> false;
        };
    }

    /** The beginning of the text, for a person. */
    String words() {
        return shown(text);
    }

    /** What is said, and then the words, where there are any. */
    String after(String begun) {
        return text.isEmpty() ? begun : begun + ": " + words();
    }

    /** The beginning of any text on one line, without what a terminal obeys. */
    static String shown(String text) {
        String line = line(text);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String line(String text) {
        String begun = text.substring(0, Math.min(text.length(), READ));
        return UNSEEN.matcher(begun.replaceAll("\\s+", " ")).replaceAll("").strip();
    }
}
