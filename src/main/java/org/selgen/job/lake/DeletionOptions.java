package org.selgen.job.lake;

import java.io.IOException;
import java.io.PrintWriter;
import org.selgen.job.LockOptions;
import org.selgen.job.SparkOptions;
import org.selgen.lake.Deletion;
import org.selgen.lake.Lake;
import org.selgen.lake.Lock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the verbs share that delete: the lake, and that they only say what would go unless told. */
final class DeletionOptions {
    @Mixin
    private SparkOptions place = new SparkOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Option(names = "--yes", description = "Delete it (default: only say what would go).")
    private boolean yes;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    /** What is found in a lake. */
    interface Finding {
        Deletion in(Lake lake) throws IOException;
    }

    /** Says what would go, or deletes it while no other process may write the lake; gives the exit code. */
    int delete(Finding finding) throws IOException {
        PrintWriter out = verb.commandLine().getOut();
        Lake lake = place.written(verb.name());
        if (!yes) {
            finding.in(lake).lines().forEach(out::println);
            out.println("nothing is deleted; --yes deletes it");
            out.flush();
            return 0;
        }
        try (Lock held = wait.lock(lake, verb.commandLine().getErr())) {
            Lake mine = lake.behind(held);
            Deletion deletion = finding.in(mine);
            deletion.lines().forEach(out::println);
            deletion.from(mine);
            out.println("deleted");
            out.flush();
            return 0;
        }
    }
}
