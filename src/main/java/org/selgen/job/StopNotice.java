package org.selgen.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.selgen.cluster.ProgressDisplay;

/** Says, when the process is stopped while a verb works, as by Ctrl-C, what is kept and how to go on. */
public final class StopNotice implements AutoCloseable {
    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private final Thread hook;

    private StopNotice(Thread hook) {
        this.hook = hook;
    }

    /** @param words of the command line */
    static StopNotice begin(PrintWriter err, List<String> words) {
        Thread hook = new Thread(
                () -> {
                    STOPPING.set(true);
                    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF); // what breaks now is no news
                    ProgressDisplay.closeShown(); // which says how far each stage came
                    err.println(text(words));
                    err.flush();
                },
                "stop-notice");
        Runtime.getRuntime().addShutdownHook(hook);
        return new StopNotice(hook);
    }

    /** Whether the process is being stopped: what fails now fails for that. */
    public static boolean stopping() {
        return STOPPING.get();
    }

    static String text(List<String> words) {
        return "selgen: stopped. What is done is kept; a training at work goes on from its last checkpoint, of which the"
                + " first is made after 10 s. To go on: selgen "
                + words.stream().map(StopNotice::quoted).collect(Collectors.joining(" "));
    }

    /** As a shell must be given it. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            STOPPING.set(true); // too late: it is at work
        }
    }
}
