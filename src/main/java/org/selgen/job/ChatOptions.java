package org.selgen.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
import picocli.CommandLine.Option;

/** How a model is asked, where the user wants another way than it was trained in. */
final class ChatOptions {
    @Option(
            names = "--chat-template",
            paramLabel = "FILE",
            description = "A chat template in Jinja (default: the run's, or else the model's own).")
    private String template = "";

    @Option(
            names = "--chat-variable",
            paramLabel = "NAME=VALUE",
            description = "A variable of the template, as enable_thinking=true; may be repeated (default: the run's).")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--chat-date",
            paramLabel = "DAY",
            description =
                    "What the template takes for today, as 2026-01-31 (default: the run's; the clock is never asked).")
    private String date = "";

    /** What the options say, and for the rest those given. */
    ChatSettings over(ChatSettings otherwise) {
        String text = template.isBlank() ? "" : ChatSettings.read(template, Path.of(""));
        return otherwise.with(text, ChatFiles.assigned(variables), date);
    }
}
