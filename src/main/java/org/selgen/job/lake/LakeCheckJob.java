package org.selgen.job.lake;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.selgen.experiment.RunNeeds;
import org.selgen.job.SparkOptions;
import org.selgen.lake.LakeCheck;
import org.selgen.lm.AdapterFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks for what is wrong with a lake. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Look for what is wrong with a lake: files that a table names and that are not there, several rows of one key, rows"
                    + " of runs or questions that there are not, adapters that cannot be loaded. Names leftovers too. Changes"
                    + " nothing; let no command write the lake meanwhile.",
            "Exits with 1 where something is wrong."
        })
final class LakeCheckJob implements Callable<Integer> {
    @Mixin
    private SparkOptions place = new SparkOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        LakeCheck.Findings found = LakeCheck.of(place.written(spec.name()), AdapterFiles::check, RunNeeds::adapters);
        PrintWriter out = spec.commandLine().getOut();
        found.leftovers().forEach(line -> out.println("leftover: " + line));
        found.wrong().forEach(line -> out.println("wrong: " + line));
        out.println(found.wrong().size() + " things are wrong; "
                + found.leftovers().size() + " leftovers, which 'selgen gc' deletes");
        out.flush();
        return found.wrong().isEmpty() ? 0 : 1;
    }
}
