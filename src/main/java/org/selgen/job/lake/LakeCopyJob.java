package org.selgen.job.lake;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.selgen.file.ByteSize;
import org.selgen.job.LockOptions;
import org.selgen.job.SparkOptions;
import org.selgen.lake.Lake;
import org.selgen.lake.LakeCopy;
import org.selgen.lake.Lock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a lake. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = {
            "Copy a whole lake, from and to a folder or any place that Hadoop knows, and read the copy once to compare check"
                    + " sums. No other command writes the lake meanwhile.",
            "A copy that was stopped is no lake; the same command copies it again."
        })
final class LakeCopyJob implements Callable<Integer> {
    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Parameters(index = "0", paramLabel = "FROM", description = "The lake, in place of --lake.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "Where nothing is yet.")
    private String to = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Lake lake = spark.written(spec.name(), from);
        try (Lock held = wait.lock(lake, spec.commandLine().getErr())) {
            LakeCopy.Result copy = LakeCopy.of(lake.behind(held), spark.place(lake, to));
            PrintWriter out = spec.commandLine().getOut();
            out.println("copied and read again: " + copy.files() + " files, " + ByteSize.decimal(copy.bytes()));
            out.flush();
        }
        return 0;
    }
}
