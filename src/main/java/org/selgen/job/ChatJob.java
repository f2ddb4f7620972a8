package org.selgen.job;

import static org.selgen.serve.Conversation.History.FORGOTTEN;
import static org.selgen.serve.Conversation.History.KEPT;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Message;
import org.selgen.data.RangeCheck;
import org.selgen.lm.Adapter;
import org.selgen.lm.Assistant;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.serve.Conversation;
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
        description = {
            "Talk to the base model, or to a run. With words, answers them and ends; without, reads one turn a line until"
                    + " an empty line."
        },
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

    @Option(names = "--run", paramLabel = "ID", description = "A run's id, or its beginning (default: the base model).")
    private @Nullable String run;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "0 takes the likeliest token (default: ${DEFAULT-VALUE}).")
    private float temperature;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Longest answer (default: ${DEFAULT-VALUE}).")
    private int maxTokens = 256;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of the draws.")
    private long seed;

    @Option(names = "--keep-turns", description = "Let the model see the earlier turns too.")
    private boolean keepTurns;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RangeCheck.atLeast(1, maxTokens, "--max-tokens");
        RangeCheck.atLeast(0, temperature, "--temperature");
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (LanguageModel base = options.open();
                Adapter adapter = run == null ? Adapter.none() : options.adapter(run, base)) {
            LanguageModel model = base.with(adapter).with(run == null ? options.chat() : options.chat(run));
            Assistant assistant = new Assistant(model, new Decoding(temperature, 1, maxTokens, 1, seed));
            Conversation conversation = new Conversation(assistant, keepTurns ? KEPT : FORGOTTEN, out);
            if (words.isEmpty()) {
                conversation.with(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
            } else {
                conversation.answer(List.of(Message.user(String.join(" ", words))));
            }
        }
        return 0;
    }
}
