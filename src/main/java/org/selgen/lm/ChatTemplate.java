package org.selgen.lm;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lm.config.Family;

/**
 * How a model family writes a conversation as one text: the same characters as its own Jinja template gives.
 * <pre>
 *   render(chat + assistant(reply)) = prompt(chat) + answer(reply) + "\n"
 * </pre>
 * so that {@code prompt} is the input of a model and {@code answer} its training target. The text holds all special
 * tokens, including the first: encode it without adding any.
 * <p>
 * Departure from the research code, which trained on this text with the beginning token twice and with an opened, empty
 * model turn and the end-of-text token after the answer: we write neither, so the text in training is the text in
 * generation. Thinking is off, as in the experiments.
 * <p>
 * As in the original templates, content is not escaped: a template token within a turn is read as that token.
 */
public enum ChatTemplate {
    /** Gemma's: turns alternate and begin with the user, contents are trimmed, and there is no system turn. */
    GEMMA("<end_of_turn>") {
        @Override
        public String render(List<Message> chat) {
            checkAlternating(notEmpty(chat));
            return "<bos>" + chat.stream().map(this::turn).collect(Collectors.joining());
        }

        @Override
        public String prompt(List<Message> chat) {
            return render(chat) + "<start_of_turn>model\n";
        }

        @Override
        public String thinkingPrompt(List<Message> chat) {
            return prompt(chat);
        }

        @Override
        public String answer(String reply) {
            return trim(reply) + endOfTurn();
        }

        private String turn(Message message) {
            String role = message.role().equals(Message.ASSISTANT) ? "model" : message.role();
            return "<start_of_turn>" + role + "\n" + answer(message.content()) + "\n";
        }

        private void checkAlternating(List<Message> chat) {
            for (int i = 0; i < chat.size(); i++) {
                String role = chat.get(i).role();
                if (role.equals(Message.SYSTEM)) {
                    throw new BadInput(
                            "System role not supported: turn " + (i + 1)
                                    + " is 'system' but Gemma has only user and assistant; put its text into the first user turn");
                }
                if (role.equals(Message.USER) != (i % 2 == 0)) {
                    throw new BadInput("Conversation roles must alternate user/assistant/user/assistant/...: turn "
                            + (i + 1) + " is '" + role + "'; change the chat");
                }
            }
        }

        /** What Python's {@code str.strip()} leaves; Java's {@code strip()} keeps no-break spaces. */
        private String trim(String content) {
            int begin = 0;
            int end = content.length();
            while (begin < end && space(content.charAt(begin))) {
                begin++;
            }
            while (begin < end && space(content.charAt(end - 1))) {
                end--;
            }
            return content.substring(begin, end);
        }

        private boolean space(char c) {
            return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
        }
    },

    /**
     * Qwen3's: roles in any order; thoughts are kept in the turns after the last user turn and removed from earlier
     * ones.
     */
    QWEN3("<|im_end|>") {
        @Override
        public String render(List<Message> chat) {
            int lastUser = lastUser(notEmpty(chat));
            return IntStream.range(0, chat.size())
                    .mapToObj(i ->
                            "<|im_start|>" + chat.get(i).role() + "\n" + content(chat, i, lastUser) + "<|im_end|>\n")
                    .collect(Collectors.joining());
        }

        @Override
        public String prompt(List<Message> chat) {
            return thinkingPrompt(chat) + NO_THOUGHTS;
        }

        @Override
        public String thinkingPrompt(List<Message> chat) {
            return render(chat) + "<|im_start|>assistant\n";
        }

        @Override
        public String answer(String reply) {
            if (reply.contains(THOUGHT)) {
                throw new BadInput("the reply to learn holds '" + THOUGHT
                        + "' but prompts say that thinking is off; remove the thoughts from the answer");
            }
            return withoutFirstNewlines(reply) + endOfTurn();
        }

        private String content(List<Message> chat, int turn, int lastUser) {
            Message message = chat.get(turn);
            if (!message.role().equals(Message.ASSISTANT)) {
                return message.content();
            }
            String[] parts = message.content().split(THOUGHT, -1);
            boolean thinks = parts.length > 1;
            String visible = thinks ? withoutFirstNewlines(parts[parts.length - 1]) : message.content();
            String thoughts = thinks ? thoughts(parts[0]) : "";
            boolean last = turn == chat.size() - 1;
            if (turn > lastUser && (last || !thoughts.isEmpty())) {
                return "<think>\n" + thoughts + "\n</think>\n\n" + withoutFirstNewlines(visible);
            }
            return visible;
        }

        private String thoughts(String before) {
            String block = before.substring(before.lastIndexOf("<think>") < 0 ? 0 : before.lastIndexOf("<think>") + 7);
            return withoutLastNewlines(withoutFirstNewlines(block));
        }

        /** The last user turn that is not a tool's reply; where there is none, the last turn. */
        private int lastUser(List<Message> chat) {
            return IntStream.iterate(chat.size() - 1, i -> i >= 0, i -> i - 1)
                    .filter(i -> chat.get(i).role().equals(Message.USER)
                            && !toolReply(chat.get(i).content()))
                    .findFirst()
                    .orElse(chat.size() - 1);
        }

        private boolean toolReply(String content) {
            return content.startsWith("<tool_response>") && content.endsWith("</tool_response>");
        }
    };

    private static final String THOUGHT = "</think>";
    private static final String NO_THOUGHTS = "<think>\n\n</think>\n\n";

    private final String endOfTurn;

    ChatTemplate(String endOfTurn) {
        this.endOfTurn = endOfTurn;
    }

    /**
     * The template of a model family.
     *
     * @throws BadInput if there is none for this family
     */
    public static ChatTemplate of(Family family) {
        return switch (family) {
            case GEMMA, GEMMA2 -> GEMMA;
            case QWEN3 -> QWEN3;
            case GEMMA3_TEXT, QWEN2, LLAMA, MISTRAL, PHI3, SMOLLM3, OLMO2 ->
                throw new BadInput("model family " + family.modelType()
                        + " has no chat template here, because its versions have different ones;"
                        + " choose a model of gemma, gemma2 or qwen3");
        };
    }

    /** The token that ends a turn; a model that writes it has finished its answer. */
    public String endOfTurn() {
        return endOfTurn;
    }

    /**
     * A complete conversation.
     *
     * @throws BadInput if it has no turn, or roles that this family does not know
     */
    public abstract String render(List<Message> chat);

    /**
     * A conversation and the opening of the model's next turn, thinking off.
     *
     * @throws BadInput as {@link #render}
     */
    public abstract String prompt(List<Message> chat);

    /** As {@link #prompt}, but with thinking on for a model that has it. */
    public abstract String thinkingPrompt(List<Message> chat);

    /**
     * What the model should write after {@link #prompt}: the reply and the token that ends its turn.
     *
     * @throws BadInput if the reply holds thoughts
     */
    public abstract String answer(String reply);

    private static List<Message> notEmpty(List<Message> chat) {
        if (chat.isEmpty()) {
            throw new BadInput("the chat has 0 turns but must have at least 1; give it a user turn");
        }
        return chat;
    }

    private static String withoutFirstNewlines(String text) {
        int begin = 0;
        while (begin < text.length() && text.charAt(begin) == '\n') {
            begin++;
        }
        return text.substring(begin);
    }

    private static String withoutLastNewlines(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }
}
