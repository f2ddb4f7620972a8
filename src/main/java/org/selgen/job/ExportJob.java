package org.selgen.job;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.selgen.stage.ExportStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run as a model of its own. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Merge a finished run's adapter into its base model: a folder with weights, configuration, tokenizer and chat"
                    + " template, which transformers and other tools load as any model.",
            "Weights are added in float32 and rounded once to the type that they have in the base model's folder."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen query \"SELECT id, method, knobs, seed FROM runs\"      # the ids",
            "  selgen export 3f2a merged-model",
            "  selgen model verify merged-model",
        })
public final class ExportJob implements Callable<Integer> {
    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String run = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "A folder that is not there yet, or empty.")
    private Path folder = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The base model, where it is not found by the name that the experiment gave it: a folder.")
    private String model = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        new ExportStage(spark.look(spec.name()), out::println).run(run, model, folder);
        out.flush();
        return 0;
    }
}
