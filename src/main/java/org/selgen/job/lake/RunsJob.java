package org.selgen.job.lake;

import java.io.IOException;
import java.io.PrintWriter;
import org.selgen.experiment.RunInventory;
import org.selgen.job.SparkOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The runs of a lake: lists them, shows one, deletes some. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        subcommands = RunsDeleteJob.class,
        synopsisSubcommandLabel = "list|show|delete",
        description = "List the runs of a lake, show what it has of one, or delete runs with all that is theirs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen runs list",
            "  selgen runs show 3f2a",
            "  selgen runs delete 3f2a 91c0          # only says what would go",
            "  selgen runs delete 3f2a 91c0 --yes",
        })
public final class RunsJob implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say list, show or delete");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Show all runs: how each ended, the size of its adapter, how many scores use it, in which experiments.")
    void list(@Mixin SparkOptions place) throws IOException {
        print(new RunInventory(place.look("runs list")).list().lines());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Show a run: how it was made, which runs it needs and which need it, its rows and folders.")
    void show(
            @Mixin SparkOptions place,
            @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.") String run)
            throws IOException {
        print(new RunInventory(place.look("runs show")).show(run));
    }

    private void print(Iterable<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
