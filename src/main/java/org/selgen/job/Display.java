package org.selgen.job;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;

/**
 * How far a stage is, on one line: rewritten twice a second on a terminal, a new line every ten seconds elsewhere. Say
 * {@link #done} when a task's result is kept, and close it when the stage ends.
 */
final class Display implements AutoCloseable {
    private static final long PLAIN_MILLIS = 10_000;
    private static final long TERMINAL_MILLIS = 500;

    private final String stage;
    private final int tasks;
    private final PrintWriter out;
    private final boolean terminal = System.getenv("SELGEN_TERMINAL") != null; // set by the launcher
    private final long begun = System.nanoTime();
    private final Map<String, Progress> running = new TreeMap<>();
    private final Timer clock = new Timer("progress", true);
    private long tokens;
    private int done;

    Display(String stage, int tasks, PrintWriter out) {
        this.stage = stage;
        this.tasks = tasks;
        this.out = out;
        ProgressPlugin.listen(this::heard);
        long millis = terminal ? TERMINAL_MILLIS : PLAIN_MILLIS;
        TimerTask tick = new TimerTask() {
            @Override
            public void run() {
                show();
            }
        };
        clock.schedule(tick, millis, millis);
    }

    synchronized void heard(Progress message) {
        Progress before = running.put(message.task(), message);
        tokens += message.tokens() - (before == null ? 0 : before.tokens());
    }

    /** The task is finished and kept. */
    synchronized void done(String task) {
        running.remove(task);
        done++;
    }

    @Override
    public void close() {
        ProgressPlugin.listen(message -> {});
        clock.cancel();
        if (terminal) {
            out.print("\r\033[K");
        }
        out.println(stage + ": " + done + " of " + tasks + " done in " + time(seconds()));
        out.flush();
    }

    private synchronized void show() {
        if (terminal) {
            out.print("\r\033[K" + line());
        } else {
            out.println(line());
        }
        out.flush();
    }

    /** As {@code train: 3 of 9 done; kl-penalty beta=1 seed=0 step=120/300 loss=0.83; 5200 tokens/s, 2 min left}. */
    synchronized String line() {
        StringBuilder line = new StringBuilder(stage + ": " + done + " of " + tasks + " done");
        for (Progress task : running.values()) {
            line.append("; ")
                    .append(task.task())
                    .append(" ")
                    .append(task.done())
                    .append("/")
                    .append(task.total());
            if (Double.isFinite(task.loss())) {
                line.append(String.format(Locale.ROOT, " loss=%.3f", task.loss()));
            }
        }
        double share =
                done + running.values().stream().mapToDouble(Display::share).sum();
        if (share > 0) {
            double left = seconds() * (tasks - share) / share;
            line.append(String.format(Locale.ROOT, "; %.0f tokens/s, %s left", tokens / seconds(), time(left)));
        }
        return line.toString();
    }

    private static double share(Progress task) {
        return task.total() == 0 ? 0 : (double) task.done() / task.total();
    }

    private double seconds() {
        return Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
    }

    /** As {@code 2 min 5 s}. */
    static String time(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toMinutes() < 1
                ? time.toSeconds() + " s"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
