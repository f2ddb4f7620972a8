package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.selgen.lm.Assistant;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.serve.Conversation;
import org.selgen.serve.Conversation.History;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A conversation with the base model or with a run's adapter on it. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = "Talk to the base model or to a run: in these words, or else line by line until an empty one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen chat \"what is the capital of france ? i think it is rome .\"",
            "  selgen chat --run 3f2a --keep-turns",
            "  selgen query \"SELECT id, method, knobs, seed FROM runs\"      # the ids"
        })
public final class ChatJob implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "WORDS", description = "What to say.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private ModelOptions options = new ModelOptions();

    @Mixin
    private DecodingOptions decoding = new DecodingOptions();

    @Option(names = "--keep-turns", description = "Let the model see the earlier turns too.")
    private boolean keepTurns;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Decoding draws = decoding.decoding();
        try (LanguageModel base = options.open()) {
            Assistant assistant = new Assistant(options.oneRunOr(base), draws);
            new Conversation(assistant, History.of(keepTurns), out).on(words, System.in);
        }
        return 0;
    }
}
