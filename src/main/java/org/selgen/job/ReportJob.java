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
            "Writes index.html, scores.csv, frontier.png and frontier.svg to report/EXPERIMENT in the lake; tables/ as CSV,"
                    + " JSON and LaTeX; figures/ for papers; regions.png and regions.svg where there are regions."
        })
public final class ReportJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Option(names = "--inspect", description = "Write answers and verdicts to inspect/ too, as logs of Inspect View.")
    private boolean inspect;

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
                    if (inspect) {
                        stages.inspect();
                    }
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
