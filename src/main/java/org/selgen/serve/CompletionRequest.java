package org.selgen.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selgen.data.Message;
import org.selgen.lm.Decoding;

/**
 * A request for a completion, of a conversation or of a text. Fields that would change the answer but are not supported
 * are refused, not ignored.
 *
 * @param form whether a conversation or a text is to be completed
 * @param model the name of a model
 * @param chat the conversation; empty for a text
 * @param text the text, to be read without a chat template; empty for a conversation
 * @param decoding how to answer; by default temperature 1, 256 tokens (16 for a text) and seed 0
 * @param n how many answers; each has the seed after that of the one before
 * @param stop where the answer ends, none of it included
 * @param logprobs whether to give the log-probability of each token
 * @param top how many of the most probable tokens to give at each position, at most 20
 * @param stream whether to send the answer in chunks
 * @param usage whether a stream ends with the numbers of tokens
 * @param variables of the chat template, which must be as the model is served
 */
record CompletionRequest(
        Form form,
        String model,
        List<Message> chat,
        String text,
        Decoding decoding,
        int n,
        List<String> stop,
        boolean logprobs,
        int top,
        boolean stream,
        boolean usage,
        Map<String, Object> variables) {
    /** What is completed. */
    enum Form {
        CHAT,
        TEXT
    }

    private static final int MOST_TOP = 20;
    private static final int MOST_TOKENS = 1 << 20;
    private static final int MOST_ANSWERS = 16;
    private static final int MOST_STOPS = 4;

    private static final Set<String> OF_BOTH = Set.of(
            "model", "max_tokens", "temperature", "top_p", "seed", "n", "stop", "logprobs", "stream", "stream_options");
    private static final Set<String> OF_A_CHAT =
            with("messages", "max_completion_tokens", "top_logprobs", "chat_template_kwargs");
    private static final Set<String> OF_A_TEXT = with("prompt");

    private static Set<String> with(String... more) {
        List<String> all = new ArrayList<>(OF_BOTH);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /** Of {@code /v1/chat/completions}. */
    static CompletionRequest chat(byte[] body) throws BadRequest {
        Fields fields = Fields.of(body, OF_A_CHAT);
        boolean logprobs = fields.flag("logprobs");
        int top = (int) fields.whole("top_logprobs", 0, 0, MOST_TOP);
        if (top > 0 && !logprobs) {
            throw new BadRequest(400, "top_logprobs is " + top + " but logprobs is not true; set it");
        }
        String tokens = fields.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        return of(
                Form.CHAT, fields, messages(fields.get("messages")), "", decoding(fields, tokens, 256), logprobs, top);
    }

    /** Of {@code /v1/completions}, whose {@code logprobs} is the number of likely tokens. */
    static CompletionRequest text(byte[] body) throws BadRequest {
        Fields fields = Fields.of(body, OF_A_TEXT);
        List<String> prompt = fields.texts("prompt", 1);
        if (prompt.isEmpty()) {
            throw new BadRequest(400, "prompt is missing; add one text");
        }
        int top = (int) fields.whole("logprobs", 0, 0, MOST_TOP);
        Decoding decoding = decoding(fields, "max_tokens", 16);
        return of(Form.TEXT, fields, List.of(), prompt.get(0), decoding, fields.has("logprobs"), top);
    }

    private static CompletionRequest of(
            Form form, Fields fields, List<Message> chat, String text, Decoding decoding, boolean logprobs, int top)
            throws BadRequest {
        return new CompletionRequest(
                form,
                Fields.text(fields.tree(), "model"),
                chat,
                text,
                decoding,
                (int) fields.whole("n", 1, 1, MOST_ANSWERS),
                fields.texts("stop", MOST_STOPS),
                logprobs,
                top,
                fields.flag("stream"),
                fields.get("stream_options").path("include_usage").asBoolean(false),
                fields.names("chat_template_kwargs"));
    }

    private static Decoding decoding(Fields fields, String tokens, int otherwise) throws BadRequest {
        return new Decoding(
                (float) fields.number("temperature", 1, 0, 2),
                (float) fields.number("top_p", 1, 1e-6, 1),
                (int) fields.whole(tokens, otherwise, 1, MOST_TOKENS),
                1,
                fields.whole("seed", 0, -(1L << 50), 1L << 50));
    }

    /** How the answer of this number is drawn. */
    Decoding decoding(int answer) {
        return new Decoding(decoding.temperature(), decoding.topP(), decoding.maxTokens(), 1, decoding.seed() + answer);
    }

    private static List<Message> messages(JsonNode messages) throws BadRequest {
        List<Message> chat = new ArrayList<>();
        for (JsonNode message : messages) {
            String role = Fields.text(message, "role");
            String known = role.equals("developer") ? Message.SYSTEM : role;
            try {
                chat.add(new Message(known, content(message.path("content"))));
            } catch (IllegalArgumentException e) {
                throw new BadRequest(400, e.getMessage());
            }
        }
        if (chat.isEmpty() || !chat.get(chat.size() - 1).role().equals(Message.USER)) {
            throw new BadRequest(400, "messages must end with a user's; add it");
        }
        return chat;
    }

    /** A text, or a list of text parts. */
    private static String content(JsonNode content) throws BadRequest {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals("text")) {
                throw new BadRequest(400, "a part of a message is no text; only texts are supported");
            }
            text.append(Fields.text(part, "text"));
        }
        if (!content.isArray()) {
            throw new BadRequest(400, "the content of a message must be a text or a list of texts");
        }
        return text.toString();
    }
}
