package org.selgen.job.lake;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.selgen.job.LockOptions;
import org.selgen.job.SparkOptions;
import org.selgen.lake.Lake;
import org.selgen.lake.LakeUpgrade;
import org.selgen.lake.Lock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings an older lake to this version. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = {
            "Bring a lake that an older selgen made to the version of this one. No row is changed or lost. An older lake also"
                    + " opens without it.",
            "Older versions of selgen refuse the lake from then on; 'lake copy' keeps one for them."
        })
final class LakeUpgradeJob implements Callable<Integer> {
    @Mixin
    private SparkOptions place = new SparkOptions();

    @Mixin
    private LockOptions wait = new LockOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Lake lake = place.written(spec.name());
        try (Lock held = wait.lock(lake, spec.commandLine().getErr())) {
            List<String> done = LakeUpgrade.of(lake.behind(held));
            PrintWriter out = spec.commandLine().getOut();
            done.forEach(out::println);
            if (done.isEmpty()) {
                out.println("nothing to do: the lake has this version");
            }
            out.flush();
        }
        return 0;
    }
}
