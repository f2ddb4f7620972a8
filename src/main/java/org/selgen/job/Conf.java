package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The experiment a verb works on: what the verbs of the stages share. */
public final class Conf {
    @Mixin
    private Place place = new Place();

    @Parameters(
            index = "0",
            paramLabel = "EXPERIMENT",
            description = "The experiment's file, as conf/experiments/quickstart.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Replace a value of the file, as --set training.batch=8 or --set seeds=[1,2]; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    /** To write. */
    Workbench open() throws IOException {
        return Workbench.open(place.create(), file, settings, new LocalEngine(), err());
    }

    /** To read; touches nothing. */
    Workbench look() throws IOException {
        return Workbench.open(place.look(), file, settings, new LocalEngine(), err());
    }

    PrintWriter out() {
        return verb.commandLine().getOut();
    }

    private PrintWriter err() {
        return verb.commandLine().getErr();
    }
}
