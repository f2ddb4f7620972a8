package org.selgen.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selgen.hub.Hub;
import org.selgen.hub.ModelId;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.LakeFolder;
import org.selgen.lm.ModelFolderValidator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a model's files. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check every checksum, and read every header, configuration and the tokenizer; names all that is"
                + " wrong and then exits with 2.")
final class ModelVerifyJob extends HubVerb {
    ModelVerifyJob() {
        this(null);
    }

    ModelVerifyJob(@Nullable Hub hub) {
        super(hub);
    }

    @Parameters(paramLabel = "NAME", description = "As org/name of the Hub's cache, a model of the lake, or a path.")
    private String name = "";

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            defaultValue = "data-lake",
            description = "Folder of models (default: ${DEFAULT-VALUE}).")
    private Path lake = Path.of("data-lake");

    @Override
    int run(Hub hub) throws IOException {
        Optional<Path> cached = ModelId.of(name).flatMap(hub::snapshot);
        Path folder = cached.isPresent()
                ? cached.get()
                : ModelLocator.inProject(new LakeFolder(lake).models()).local(name);
        List<String> problems = new ArrayList<>(cached.isPresent() ? Hub.problems(folder) : List.of());
        problems.addAll(ModelFolderValidator.problems(folder));
        problems.forEach(this::say);
        say(folder + (problems.isEmpty() ? " is sound" : " has " + problems.size() + " problem(s)"));
        return problems.isEmpty() ? 0 : 2;
    }
}
