package org.selgen.job.lake;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A lake as a whole. */
@Command(
        name = "lake",
        mixinStandardHelpOptions = true,
        subcommands = {LakeCopyJob.class, LakeCheckJob.class, LakeUpgradeJob.class},
        synopsisSubcommandLabel = "copy|check|upgrade",
        description = "Copy a lake, look for what is wrong with one, or bring an older one to this version.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen lake copy data-lake hdfs://host/lake",
            "  selgen lake check --lake hdfs://host/lake",
            "  selgen lake upgrade",
        })
public final class LakeJob implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say copy, check or upgrade");
    }
}
