package org.selgen;

import java.util.List;
import java.util.Optional;
import org.selgen.data.Failure;
import org.selgen.data.LakeInUse;
import org.selgen.data.Printable;
import org.selgen.experiment.conf.Nearest;
import org.selgen.job.BenchJob;
import org.selgen.job.BundleJob;
import org.selgen.job.ChatJob;
import org.selgen.job.CompareJob;
import org.selgen.job.DoctorJob;
import org.selgen.job.ExportJob;
import org.selgen.job.GenerateJob;
import org.selgen.job.InitJob;
import org.selgen.job.Misuse;
import org.selgen.job.ModelJob;
import org.selgen.job.PlanJob;
import org.selgen.job.PrepareJob;
import org.selgen.job.PretrainJob;
import org.selgen.job.QueryJob;
import org.selgen.job.ReportJob;
import org.selgen.job.RunJob;
import org.selgen.job.ScoreJob;
import org.selgen.job.SelectJob;
import org.selgen.job.ServeJob;
import org.selgen.job.StopNotice;
import org.selgen.job.TrackJob;
import org.selgen.job.TrainJob;
import org.selgen.job.judging.JudgeJob;
import org.selgen.job.lake.GcJob;
import org.selgen.job.lake.LakeJob;
import org.selgen.job.lake.RunsJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code selgen}: one verb a stage. Exits with 0, 1 for a failed run, 2 for bad input, 3 for a lake in use. */
@Command(
        name = "selgen",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            InitJob.class,
            RunJob.class,
            PlanJob.class,
            PrepareJob.class,
            TrainJob.class,
            GenerateJob.class,
            JudgeJob.class,
            ScoreJob.class,
            ReportJob.class,
            CompareJob.class,
            BundleJob.class,
            TrackJob.class,
            QueryJob.class,
            SelectJob.class,
            DoctorJob.class,
            ModelJob.class,
            ChatJob.class,
            ServeJob.class,
            ExportJob.class,
            RunsJob.class,
            GcJob.class,
            LakeJob.class,
            PretrainJob.class,
            BenchJob.class,
            HelpCommand.class,
            AutoComplete.GenerateCompletion.class,
        },
        synopsisSubcommandLabel = "VERB",
        usageHelpAutoWidth = true,
        headerHeading = "%nSelective generalisation: which training method keeps the new capability%n"
                + "and leaves the alignment alone?%n%n",
        descriptionHeading = "%nHow it goes:%n",
        description = {
            "  An experiment file names a small model, data, methods and seeds. 'run' makes the data (prepare), trains"
                    + " one adapter for each method and seed (train), asks each its questions (generate), reads the answers"
                    + " (judge), compares them (score) and draws the result (report). Each stage is also a verb of its own.",
            "  Everything is kept in the lake, a folder. A verb does only what is missing there, so you may stop and start"
                    + " at will.",
        },
        commandListHeading = "%nVerbs:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  selgen run conf/experiments/quickstart.yaml",
            "  selgen init my-experiment",
            "  selgen plan conf/experiments/quickstart.yaml --set seeds=[1,2,3]",
            "  selgen query \"SELECT method, knobs, seed, loss FROM runs ORDER BY loss\"",
            "  selgen help train",
            "",
            "Exit codes: 0 done; 1 a run or a judge failed; 2 something given cannot be used (one line says what, and how to mend it);",
            "3 another process writes the lake (--wait waits for it)."
        })
public final class Main implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Main::executed)
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: give a verb");
    }

    /** Picocli's handler is not given errors, and Hadoop's of a full disk is one. */
    private static int executed(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            List<CommandLine> commands = parsed.asCommandLineList();
            return failed(e, commands.get(commands.size() - 1));
        }
    }

    private static int misused(ParameterException misuse, String[] args) {
        CommandLine command = misuse.getCommandLine();
        command.getErr().println("selgen: " + Printable.line(Misuse.words(misuse)));
        suggestion(misuse).ifPresent(name -> command.getErr().println("Did you mean '" + name + "'?"));
        command.getErr()
                .println("Try 'selgen help'"
                        + (command.getParent() == null ? "." : " or 'selgen help " + command.getCommandName() + "'."));
        return CommandLine.ExitCode.USAGE;
    }

    /** The verb or option that was meant. */
    private static Optional<String> suggestion(ParameterException misuse) {
        if (!(misuse instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        CommandLine command = misuse.getCommandLine();
        String given = unmatched.getUnmatched().get(0);
        return given.startsWith("-")
                ? Nearest.of(given, command.getCommandSpec().optionsMap().keySet())
                : Nearest.of(given, command.getSubcommands().keySet());
    }

    private static int failed(Throwable failure, CommandLine command) {
        LOG.debug("stopped by", failure);
        if (StopNotice.stopping()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        Optional<String> mendable = Failure.mendable(failure);
        String line = mendable.orElseGet(() -> "failed: " + Failure.oneLine(failure));
        command.getErr().println("selgen: " + Printable.line(line)); // it may hold what a file or a model says
        if (LakeInUse.isCauseOf(failure)) {
            return LakeInUse.EXIT_CODE;
        }
        return mendable.isPresent() ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"selgen " + (version == null ? "(not packaged)" : version)};
        }
    }
}
