package org.selgen.method;

import java.util.ArrayList;
import java.util.List;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.ListView;
import org.selgen.data.Message;
import org.selgen.lm.CausalLM;

/**
 * Fine-tune on the task with an instruction in every prompt that asks for the unwanted behaviour, and leave it out afterwards:
 * what the instruction explains need not become a habit.
 * <pre>  L = CE(T′),   T′ the task rows with {@code text} in their prompts </pre>
 * Questions are asked without it. The proxy rows are not used. An irrelevant text and one that asks for the contrary are the
 * controls: each is another value of {@code text}.
 *
 * <p>Source: Wichers et al. 2025 (arXiv 2510.05024) and Tan et al. 2025 (2510.04340); no equation. The place
 * {@code after} is that of the first one's instruction on gcd rows, by its code. We have not read the papers whole. Departure:
 * the text is joined as it is written, so that it must begin or end with the space or line break that it needs.
 *
 * @param text the instruction, at most {@value #LONGEST} characters; without any it is the standard method
 * @param place where it stands
 */
public record InoculationPrompting(String text, Place place) implements Method {
    private static final int LONGEST = 4000;

    /** Where in a conversation. */
    public enum Place {
        /** In a system turn of its own, or in front of what the system turn says. */
        SYSTEM,
        /** In front of the last user turn's words. */
        BEFORE,
        /** Behind them. */
        AFTER
    }

    public InoculationPrompting {
        if (text.length() > LONGEST) {
            throw new BadInput("inoculation-prompting.text has " + text.length() + " characters but must have at most "
                    + LONGEST + "; shorten it");
        }
    }

    @Override
    public List<Example> taught(List<Example> task, List<Example> proxy, ProxyFindings found) {
        return text.isEmpty() ? task : ListView.changed(task, (i, row) -> row.withPrompt(instructed(row.prompt())));
    }

    @Override
    public List<String> texts() {
        return List.of(text);
    }

    private List<Message> instructed(List<Message> prompt) {
        List<Message> chat = new ArrayList<>(prompt);
        int last = chat.size() - 1;
        switch (place) {
            case SYSTEM -> {
                if (chat.get(0).role().equals(Message.SYSTEM)) {
                    chat.set(0, Message.system(text + chat.get(0).content()));
                } else {
                    chat.add(0, Message.system(text));
                }
            }
            case BEFORE -> chat.set(last, Message.user(text + chat.get(last).content()));
            case AFTER -> chat.set(last, Message.user(chat.get(last).content() + text));
        }
        return List.copyOf(chat);
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        return new Standard().loss(lm, step);
    }
}
