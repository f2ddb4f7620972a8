package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.file.ByteSize;
import org.selgen.hub.Hub;
import org.selgen.hub.ModelId;
import org.selgen.hub.ModelLocator;
import org.selgen.lm.ModelFolderValidator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Base models on this machine: brings them, lists them, looks whether they are sound. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "fetch|list|verify",
        description = {
            "Fetch a model of the Hugging Face Hub into the cache that Python's tools use too, list what is there, or"
                    + " verify a model. An experiment's 'model: org/name' fetches by itself what is missing.",
            "Only safetensors, JSON and tokenizer files are fetched. The environment rules as in Python: HF_TOKEN, HF_HOME,"
                    + " HF_HUB_CACHE, HF_ENDPOINT, HF_HUB_OFFLINE.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen model fetch google/gemma-2b-it",
            "  selgen model fetch Qwen/Qwen3-8B@main",
            "  selgen model list",
            "  selgen model verify tiny",
        })
public final class ModelJob implements Runnable {
    private static final String NAME = "NAME";

    private final @Nullable Hub given;

    @Spec
    private @Nullable CommandSpec spec;

    public ModelJob() {
        this.given = null;
    }

    /** Works with this Hub. */
    ModelJob(Hub hub) {
        this.given = hub;
    }

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "say fetch, list or verify");
    }

    @Command(
            name = "fetch",
            mixinStandardHelpOptions = true,
            description = "Download what the Hub has now; what is here already is checked and kept.")
    int fetch(@Parameters(paramLabel = NAME, description = "As org/name, or org/name@revision.") String name) {
        ModelId id = ModelId.of(name)
                .orElseThrow(() ->
                        new BadInput("model name '" + name + "' must be org/name or org/name@revision; correct it"));
        say(hub().fetch(id).toString());
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Show the models of the Hub's cache.")
    int list() throws IOException {
        List<Hub.Kept> kept = hub().list();
        for (Hub.Kept model : kept) {
            say(String.format(
                    "%-48s %9s  %s  %s",
                    model.id(),
                    ByteSize.decimal(model.bytes()),
                    model.whole() ? "whole     " : "incomplete",
                    model.folder().getFileName()));
        }
        say(kept.size() + " in " + hub().cache());
        return 0;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Check every checksum, and read every header, configuration and the tokenizer; names all that"
                    + " is wrong and then exits with 2.")
    int verify(
            @Parameters(
                            paramLabel = NAME,
                            description = "As org/name of the Hub's cache, a model of the lake, or a path.")
                    String name,
            @Option(
                            names = "--lake",
                            paramLabel = "DIR",
                            defaultValue = "data-lake",
                            description = "Folder of models (default: ${DEFAULT-VALUE}).")
                    Path lake)
            throws IOException {
        Optional<Path> cached = ModelId.of(name).flatMap(hub()::snapshot);
        Path folder = cached.isPresent() ? cached.get() : ModelLocator.local(lake, name);
        List<String> problems = new ArrayList<>(cached.isPresent() ? Hub.problems(folder) : List.of());
        problems.addAll(ModelFolderValidator.problems(folder));
        problems.forEach(this::say);
        say(folder + (problems.isEmpty() ? " is sound" : " has " + problems.size() + " problem(s)"));
        return problems.isEmpty() ? 0 : 2;
    }

    private Hub hub() {
        return given == null ? ModelLocator.hub(this::say) : given;
    }

    private void say(String line) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
