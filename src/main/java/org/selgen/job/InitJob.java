package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.selgen.experiment.Starter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The files of an experiment of one's own. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Write an experiment with its datasets, 40 rows and questions into a folder, to begin your own with.",
            "It runs as it is, from any folder. Datasets, judges, rubrics and models that an experiment names are sought"
                    + " beside its file first, then in the project's conf."
        },
        footerHeading = "%nExample:%n",
        footer = "  selgen init my-experiment && selgen run my-experiment/experiment.yaml")
public final class InitJob implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The folder; it is made if it is not there.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Starter.write(folder).forEach(file -> out.println("wrote " + file));
        Path experiment = folder.resolve(Starter.EXPERIMENT);
        out.println("what it takes:  selgen plan " + experiment);
        out.println("do it:          selgen run " + experiment);
        return 0;
    }
}
