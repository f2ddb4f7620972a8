package org.selgen.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.Variant;
import org.selgen.source.form.NameChecks;

/**
 * Any chat file: one JSON object per line with {@code messages}, a list of {@code {role, content}}. A system turn may
 * come first; then user and assistant alternate. The last turn is the chosen answer, and all turns before it are the
 * prompt. The optional string {@code rejected} is the rejected answer. Other fields are not read.
 *
 * <p>A row's id is its line number. Rows with the same prompt are one group, named by the first of them, so that a
 * prompt is never in both parts of a split.
 *
 * @param path of the file, absolute or from the working directory
 * @param label of its rows
 */
public record ChatJsonl(String path, String label) implements Source {

    public ChatJsonl {
        NameChecks.given(path, "chat-jsonl.path");
        NameChecks.given(label, "chat-jsonl.label");
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        Map<List<Message>, String> groups = new HashMap<>();
        List<JsonRow> rows = JsonLines.read(path);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> example(rows.get(i), "line-" + (i + 1), dataset, split, groups))
                .toList();
    }

    private Example example(JsonRow row, String id, String dataset, String split, Map<List<Message>, String> groups) {
        List<Message> chat = row.chat("messages");
        List<Message> prompt = List.copyOf(chat.subList(0, chat.size() - 1));
        String answer = chat.get(chat.size() - 1).content();
        String group = groups.computeIfAbsent(prompt, p -> id);
        String rejected = row.optionalText("rejected").orElse(null);
        return new Example(id, dataset, split, label, group, Variant.CHAT, prompt, answer, rejected);
    }
}
