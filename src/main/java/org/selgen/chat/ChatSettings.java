package org.selgen.chat;

import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.template.Template;

/**
 * How conversations are written: the same in training, in generation and wherever the model is asked.
 *
 * @param template a chat template in Jinja, in place of the model folder's own; empty for its own
 * @param variables of the template, by name; null leaves one undefined. {@code enable_thinking} is false unless it is here
 * @param date what {@code strftime_now} says, as {@code 2026-01-31}; empty leaves that function undefined, so that a
 *     template takes its own date. The clock is never asked
 */
public record ChatSettings(
        @Default("''") String template,
        @Default("{}") Map<String, Object> variables,
        @Default("''") String date) implements Serializable {
    /** Thinking is off, as in the experiments of the research code. */
    private static final Map<String, Object> OTHERWISE = Map.of("enable_thinking", false);

    private static final List<String> OURS = List.of("messages", "tools", "documents", "add_generation_prompt");

    /** What an experiment that says nothing of chat means. */
    public static final ChatSettings DEFAULT = new ChatSettings("", Map.of(), "");

    public ChatSettings {
        if (!template.isBlank() && !isTemplate(template)) {
            throw new BadInput(
                    "chat.template is '" + template + "' but must be a template, which has '{{' or '{%', or the"
                            + " path of a file with one; change it");
        }
        if (!template.isBlank()) {
            Template.of(template);
        }
        for (String name : OURS) {
            if (variables.containsKey(name)) {
                throw new BadInput("chat.variables has '" + name + "', which selgen sets itself; take it out");
            }
        }
        day(date);
    }

    /** Whether a text is a template and not the path of one. */
    public static boolean isTemplate(String text) {
        return text.contains("{{") || text.contains("{%");
    }

    /**
     * The template that a file holds.
     *
     * @param folder where a relative path begins
     * @throws BadInput if it cannot be read
     */
    public static String read(String path, Path folder) {
        try {
            return FolderTemplate.text(folder.resolve(path).normalize());
        } catch (InvalidPathException e) {
            throw new BadInput(
                    "chat.template is '" + path + "', which is neither a template nor the path of a file; change it",
                    e);
        }
    }

    private static @Nullable LocalDate day(String date) {
        try {
            return date.isEmpty() ? null : LocalDate.parse(date);
        } catch (DateTimeException e) {
            throw new BadInput("chat.date is '" + date + "' but must be a day as 2026-01-31; change it", e);
        }
    }

    @Nullable
    LocalDate day() {
        return day(date);
    }

    /** These settings, but for what is given here: a template or a date that is not empty, and variables. */
    public ChatSettings with(String otherTemplate, Map<String, Object> more, String otherDate) {
        Map<String, Object> all = new TreeMap<>(variables);
        all.putAll(more);
        return new ChatSettings(
                otherTemplate.isBlank() ? template : otherTemplate, all, otherDate.isEmpty() ? date : otherDate);
    }

    /** The variables that a template is given. */
    Map<String, Object> given() {
        Map<String, Object> given = new TreeMap<>(OTHERWISE);
        variables.forEach((name, value) -> {
            if (value == null) {
                given.remove(name);
            } else {
                given.put(name, value);
            }
        });
        return given;
    }

    /** Of the variables that a template is given, those that it reads: that of these settings, or else a model folder's own. */
    public Map<String, Object> readBy(Path folder) {
        String text = template.isBlank()
                ? FolderTemplate.of(folder).map(FolderTemplate::text).orElse("")
                : template;
        Map<String, Object> read = given();
        read.keySet().removeIf(name -> !text.contains(name));
        return read;
    }

    /** Names of variables that were set to something else than without a word of chat. */
    List<String> changed() {
        return variables.keySet().stream()
                .filter(name -> !Objects.equals(given().get(name), OTHERWISE.get(name)))
                .sorted()
                .toList();
    }

    /** What decides a text beside the model's folder: empty where it is what it is without a word of chat. */
    public Map<String, Object> decisive() {
        Map<String, Object> decisive = new TreeMap<>();
        if (!template.isBlank()) {
            decisive.put("template", template);
        }
        if (!changed().isEmpty()) {
            decisive.put("variables", given());
        }
        if (!date.isEmpty()) {
            decisive.put("date", date);
        }
        return decisive;
    }
}
