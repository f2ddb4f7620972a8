package org.selgen.lm;

import java.util.List;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.tokenizer.Tokenizer;

/** Turns conversations into tokens: the chat template's text through the tokenizer. */
public final class ChatEncoder {
    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final int context;

    /** @param context most tokens of a row; a longer row is refused, never cut */
    public ChatEncoder(Tokenizer tokenizer, ChatTemplate template, int context) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.context = context;
    }

    /** The tokens of a conversation, up to where the assistant's answer begins. */
    public long[] prompt(List<Message> chat) {
        long[] ids = tokenizer.encode(template.prompt(chat));
        if (ids.length >= context) {
            throw tooLong(chat, ids.length, "shorten it");
        }
        return ids;
    }

    /** A conversation and its answer, whose tokens count in the loss. */
    public Sequence answered(List<Message> chat, String answer) {
        long[] prompt = tokenizer.encode(template.prompt(chat));
        long[] reply = tokenizer.encode(template.answer(answer));
        if (prompt.length + reply.length > context) {
            throw tooLong(
                    chat,
                    prompt.length + reply.length,
                    "shorten it, or raise training.maxTokens up to the model's context");
        }
        return Sequence.answering(prompt, reply);
    }

    private BadInput tooLong(List<Message> chat, int length, String mend) {
        String text = chat.get(chat.size() - 1).content();
        String start = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return new BadInput(
                "The row '" + start + "' has " + length + " tokens but at most " + context + " fit; " + mend);
    }
}
