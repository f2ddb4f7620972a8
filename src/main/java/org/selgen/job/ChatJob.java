package org.selgen.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Message;
import org.selgen.hub.ModelLocator;
import org.selgen.lm.Adapter;
import org.selgen.lm.Answer;
import org.selgen.lm.Assistant;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.tensor.DType;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            converter = LocalLake.class,
            defaultValue = "data-lake",
            description = "Folder of models and adapters (default: ${DEFAULT-VALUE}).")
    private Path lake = Path.of("data-lake");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description =
                    "Base model: a folder of the lake's models, a path, or org/name on the Hub (default: ${DEFAULT-VALUE}).")
    private String name = "tiny";

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
        try (LanguageModel base = LanguageModel.open(ModelLocator.find(lake, name), DType.F32);
                Adapter adapter = adapter(base)) {
            Assistant assistant = new Assistant(base.with(adapter), new Decoding(temperature, 1, maxTokens, 1, seed));
            if (words.isEmpty()) {
                converse(assistant);
            } else {
                say(assistant, List.of(Message.user(String.join(" ", words))));
            }
        }
        return 0;
    }

    private Adapter adapter(LanguageModel base) throws IOException {
        return run == null
                ? Adapter.none()
                : Adapter.read(ModelLocator.adapter(lake, run), base.decoder().config());
    }

    private void converse(Assistant assistant) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<Message> turns = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isBlank(); line = in.readLine()) {
            turns.add(Message.user(line));
            Answer answer = say(assistant, turns);
            if (keepTurns) {
                turns.add(Message.assistant(answer.text()));
            } else {
                turns.clear();
            }
        }
    }

    private Answer say(Assistant assistant, List<Message> turns) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Answer answer = assistant.stream(turns, piece -> {
            out.print(piece);
            out.flush();
        });
        out.println(answer.finish().equals(Answer.LENGTH) ? " …" : "");
        out.flush();
        return answer;
    }
}
