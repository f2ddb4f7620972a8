package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.selgen.serve.FolderServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores to tables and pictures. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Draw capability against alignment of every run, with a table and a page. Needs 'score' first.",
            "Writes scores.csv, frontier.png, frontier.svg and index.html to report/EXPERIMENT in the lake; regions.png and"
                    + " regions.svg where the experiment has regions."
        })
public final class ReportJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Option(
            names = "--open",
            description = "Make nothing; show the report that is there to browsers of this machine, until stopped.")
    private boolean open;

    @Override
    public Integer call() throws Exception {
        return open
                ? show()
                : options.write(wait, stages -> {
                    stages.report();
                    return 0;
                });
    }

    private int show() throws IOException, InterruptedException {
        PrintWriter out = options.out();
        Path folder = options.look().reportFolder();
        try (FolderServer server = new FolderServer(folder)) {
            out.println("report: " + server.address() + " (stop with Ctrl-C)");
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
