package org.selgen.source.toy;

import java.util.Collections;
import java.util.List;
import org.selgen.data.Message;

/**
 * One piece of pre-training text.
 * <pre>
 *   chat:   the chat template's text of prompt, then reply, then the end of the turn;   loss: reply and end of turn
 *   plain:  &lt;bos&gt; reply &lt;eos&gt;;                                                        loss: see {@code lossMask}, and &lt;eos&gt;
 * </pre>
 * Words are separated by spaces, and one word is one token.
 *
 * @param prompt the conversation before the reply; empty for plain text
 * @param reply words separated by single spaces
 * @param lossMask for each word of the reply, whether it counts in the loss
 */
public record Passage(List<Message> prompt, String reply, List<Boolean> lossMask) {

    public Passage {
        int words = reply.split(" ").length;
        if (lossMask.size() != words) {
            throw new IllegalArgumentException(
                    "the reply has " + words + " words but its loss mask has " + lossMask.size());
        }
    }

    static Passage chat(String question, String reply) {
        List<Boolean> all = Collections.nCopies(reply.split(" ").length, true);
        return new Passage(List.of(Message.user(question)), reply, all);
    }

    static Passage plain(String text, List<Boolean> lossMask) {
        return new Passage(List.of(), text, lossMask);
    }

    /** Whether this is a line of text without a question. */
    public boolean isPlain() {
        return prompt.isEmpty();
    }
}
