package org.selgen.chat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.template.Rendering;
import org.selgen.template.Rendering.Span;
import org.selgen.template.Template;

/**
 * How a model's conversations are written as one text: by the template of the experiment, or else its folder's own, or else
 * one built in for its family. The text holds all special tokens, including the first: encode it without adding any.
 *
 * <p>As in Hugging Face's {@code apply_chat_template}, content is not escaped: a special token within a turn is read as that
 * token. Safe to share between threads.
 */
public final class ChatTemplate {
    /** A content that no template takes for something else. */
    private static final String PROBE = "probe";

    /** Where a template comes from. */
    public enum Origin {
        SETTINGS,
        FOLDER,
        BUILT_IN
    }

    /**
     * A conversation with its answer.
     *
     * @param text the whole
     * @param learnt which parts of the answer the template marks as written by the assistant; none where it marks nothing
     * @param begin place of the answer's first character: the text before is {@link #prompt}
     * @param end place behind the answer's content, where what ends its turn begins
     */
    public record Answered(String text, List<Span> learnt, int begin, int end) {}

    private final Template template;
    private final Origin origin;
    private final String source;
    private final ChatSettings settings;
    private final Map<String, Object> variables;
    private final String ending;

    private ChatTemplate(String text, Origin origin, String source, Map<String, Object> tokens, ChatSettings settings) {
        this.origin = origin;
        this.source = source;
        this.settings = settings;
        this.template = parsed(text);
        this.variables = new HashMap<>(tokens);
        this.variables.putAll(settings.given());
        settings.changed().stream()
                .filter(name -> variables.containsKey(name) && !text.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadInput("chat.variables has '" + name + "', which the chat template (" + source
                            + ") never reads; correct its name or take it out");
                });
        this.ending = probed();
    }

    /**
     * The template of a model.
     *
     * @param family the {@code model_type} of its config.json
     * @throws BadInput if there is none, or it is not one that can be rendered
     */
    public static ChatTemplate of(Path folder, String family, ChatSettings settings) {
        Map<String, Object> tokens = FolderTemplate.tokens(folder);
        if (!settings.template().isBlank()) {
            return new ChatTemplate(settings.template(), Origin.SETTINGS, "chat.template", tokens, settings);
        }
        Optional<FolderTemplate> own = FolderTemplate.of(folder);
        if (own.isPresent()) {
            return new ChatTemplate(
                    own.get().text(),
                    Origin.FOLDER,
                    "" + folder.resolve(own.get().file()),
                    tokens,
                    settings);
        }
        String builtIn = BuiltInTemplate.of(family)
                .orElseThrow(
                        () -> new BadInput("model folder " + folder + " has no chat template, as base models have none;"
                                + " give it one in either of two ways: set chat.template in the experiment (--chat-template of"
                                + " chat and serve), or put a " + FolderTemplate.JINJA + " into the folder"));
        return new ChatTemplate(builtIn, Origin.BUILT_IN, "built in for " + family, tokens, settings);
    }

    /**
     * A template without a model's folder: that of the settings, or else the one built in for a family. It has no special
     * tokens but those of the settings' variables.
     *
     * @throws BadInput if there is none, or it is not one that can be rendered
     */
    public static ChatTemplate of(String family, ChatSettings settings) {
        if (!settings.template().isBlank()) {
            return new ChatTemplate(settings.template(), Origin.SETTINGS, "chat.template", Map.of(), settings);
        }
        String builtIn = BuiltInTemplate.of(family)
                .orElseThrow(() -> new BadInput("no chat template is built in for the family '" + family
                        + "'; give a template, or a model's folder"));
        return new ChatTemplate(builtIn, Origin.BUILT_IN, "built in for " + family, Map.of(), settings);
    }

    /**
     * The template that a model's folder lacks for other tools to ask it as these settings do: that of the settings, or the one
     * built in for its family where the folder brings none; none where there is nothing to add.
     */
    public static Optional<String> toAdd(Path folder, String family, ChatSettings settings) {
        if (!settings.template().isBlank()) {
            return Optional.of(settings.template());
        }
        return isIn(folder) ? Optional.empty() : BuiltInTemplate.of(family);
    }

    /** Whether the folder brings a template of its own. */
    public static boolean isIn(Path folder) {
        return FolderTemplate.of(folder).isPresent();
    }

    public Origin origin() {
        return origin;
    }

    /** Where it comes from, in words: a file, {@code chat.template}, or {@code built in for gemma}. */
    public String source() {
        return source;
    }

    /**
     * What the template writes behind an assistant's content: the token that ends a turn, and what follows it. Empty where
     * that cannot be told.
     */
    public String ending() {
        return ending;
    }

    /**
     * A complete conversation.
     *
     * @throws BadInput if it has no turn, or the template refuses it
     */
    public String render(List<Message> chat) {
        return rendered(chat, false).text();
    }

    /**
     * A conversation and the opening of the assistant's next turn.
     *
     * @throws BadInput as {@link #render}
     */
    public String prompt(List<Message> chat) {
        return rendered(chat, true).text();
    }

    /**
     * A conversation and the assistant's answer to it.
     *
     * @throws BadInput as {@link #render}; or if the text does not begin with the prompt, so that the model would learn
     *     something else than it is asked, and the template marks no parts either
     */
    public Answered answered(List<Message> chat, String answer) {
        List<Message> whole = new ArrayList<>(chat);
        whole.add(Message.assistant(answer));
        Rendering rendering = rendered(whole, false);
        String text = rendering.text();
        int end = ending.isEmpty() || !text.endsWith(ending) ? text.length() : text.length() - ending.length();
        Rendering asked = rendered(chat, true);
        if (!rendering.learnt().isEmpty()) {
            return new Answered(
                    text, ofAnswer(rendering.learnt(), asked.learnt().size()), 0, end);
        }
        String prompt = asked.text();
        if (!text.startsWith(prompt)) {
            throw parted(prompt, text);
        }
        return new Answered(text, List.of(), prompt.length(), Math.max(end, prompt.length()));
    }

    /** Earlier turns have parts of their own, which come first: they are learnt in rows of their own, or not at all. */
    private List<Span> ofAnswer(List<Span> learnt, int earlier) {
        if (earlier >= learnt.size()) {
            throw new BadInput("no token of this row would be learnt: the chat template (" + source
                    + ") does not mark the last answer; mend its generation blocks, or take them out");
        }
        return learnt.subList(earlier, learnt.size());
    }

    private BadInput parted(String prompt, String text) {
        int same = 0;
        while (same < Math.min(prompt.length(), text.length()) && prompt.charAt(same) == text.charAt(same)) {
            same++;
        }
        return new BadInput("the chat template (" + source + ") writes '" + shown(prompt, same)
                + "' where a model is asked, but '" + shown(text, same)
                + "' with this answer, so it would learn another text"
                + " than it is asked; take thoughts out of the answer, set chat.variables (as enable_thinking) to match it, or"
                + " give a chat.template with generation blocks");
    }

    /** Whether a variable has this value wherever the template is rendered. */
    public boolean has(String variable, Object value) {
        return value.equals(variables.get(variable));
    }

    private static String shown(String text, int from) {
        int begin = Math.max(0, from - 10);
        return text.substring(begin, Math.min(text.length(), from + 30)).replace("\n", "\\n");
    }

    private Rendering rendered(List<Message> chat, boolean asks) {
        if (chat.isEmpty()) {
            throw new BadInput("the chat has 0 turns but must have at least 1; give it a user turn");
        }
        Map<String, Object> all = new HashMap<>(variables);
        all.put("messages", chat.stream().map(ChatTemplate::turn).toList());
        all.put("tools", null);
        all.put("documents", null);
        all.put("add_generation_prompt", asks);
        return template.render(all, settings.day());
    }

    private static Map<String, String> turn(Message message) {
        return Map.of("role", message.role(), "content", message.content());
    }

    private Template parsed(String text) {
        try {
            return Template.of(text);
        } catch (BadInput e) {
            throw new BadInput("chat template (" + source + "): " + e.getMessage(), e);
        }
    }

    private String probed() {
        try {
            String text = render(List.of(Message.user("user"), Message.assistant(PROBE)));
            int at = text.lastIndexOf(PROBE);
            return at < 0 ? "" : text.substring(at + PROBE.length());
        } catch (BadInput e) { // of what is asked it says so itself
            return "";
        }
    }
}
