package org.selgen.job;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.experiment.ExperimentContext;
import org.selgen.stage.share.Bundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An experiment as one archive. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = {
            "Write one archive of an experiment to publish beside a paper: page, tables, figures, configuration, adapters with"
                    + " model cards, and a hash of every file. Needs 'report' first; changes nothing in the lake.",
            "The same experiment gives the same bytes."
        },
        footerHeading = "%nExample:%n",
        footer = "  selgen bundle conf/experiments/quickstart.yaml --license apache-2.0")
public final class BundleJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The archive (default: the experiment's name with .zip, in the working directory).")
    private @Nullable Path output;

    @Option(
            names = "--license",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Licence of the adapters, as the Hugging Face Hub writes it; the model cards say it.")
    private String licence = "";

    @Override
    public Integer call() throws Exception {
        ExperimentContext context = options.look().context();
        Path target = output == null ? Path.of(context.experiment().name() + ".zip") : output;
        new Bundle(context, options.text(), licence, options.out()::println).write(target);
        options.out().flush();
        return 0;
    }
}
