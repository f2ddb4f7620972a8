package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.selgen.experiment.conf.Yaml;
import org.selgen.hub.ModelLocator;
import org.selgen.stage.toy.PretrainStage;
import org.selgen.train.Pretraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A small model from generated text alone. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = {
            "Make the small model of the toy world from nothing, and say what it can do.",
            "Writes two folders: one named as the file, and one with '-unaligned' behind it,"
                    + " the model before it was trained to reject wrong proposals."
        },
        footerHeading = "%nExample:%n",
        footer = "  selgen pretrain conf/pretrain/tiny.yaml --models /tmp/models")
public final class PretrainJob implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The recipe, as conf/pretrain/tiny.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--models",
            paramLabel = "DIR",
            defaultValue = ModelLocator.SHIPPED,
            description = "Where to put the model's folder (default: ${DEFAULT-VALUE}).")
    private Path models = Path.of(ModelLocator.SHIPPED);

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Replace a value of the file; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Pretraining knobs = Yaml.read(file, Pretraining.class, settings);
        new PretrainStage(knobs, out)
                .run(models, String.valueOf(file.getFileName()).replace(".yaml", ""));
        return 0;
    }
}
