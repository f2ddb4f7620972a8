package org.selgen.cluster;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Shows the progress of the stages: on a terminal one line for all, rewritten twice a second; otherwise a new line for each running stage
 * every ten seconds. The last line of a stage is printed when all of it is done, or when the display is closed.
 */
public final class ProgressDisplay implements AutoCloseable {
    private static final long PLAIN_MILLIS = 10_000;
    private static final long TERMINAL_MILLIS = 500;

    private final PrintWriter out;
    private final boolean terminal = System.getenv("SELGEN_TERMINAL") != null; // set by the launcher
    private final List<StageProgress> stages = new ArrayList<>();
    private final Timer clock = new Timer("progress", true);

    ProgressDisplay(PrintWriter out) {
        this.out = out;
        ProgressPlugin.listen(this::received);
        long millis = terminal ? TERMINAL_MILLIS : PLAIN_MILLIS;
        TimerTask tick = new TimerTask() {
            @Override
            public void run() {
                show();
            }
        };
        clock.schedule(tick, millis, millis);
    }

    /**
     * A stage to be shown.
     *
     * @param name as in {@link Progress}
     * @param tasks how many it has
     */
    synchronized StageProgress stage(String name, int tasks) {
        StageProgress stage = new StageProgress(name, tasks);
        stages.add(stage);
        return stage;
    }

    /** One stage; its methods may be called from any thread. */
    public final class StageProgress {
        private final String name;
        private final Map<String, Progress> running = new TreeMap<>();
        private long begun = System.nanoTime();
        private boolean begin;
        private int tasks;
        private int done;
        private long tokens;
        private boolean ended;

        private StageProgress(String name, int tasks) {
            this.name = name;
            this.tasks = tasks;
        }

        String name() {
            return name;
        }

        /** The first task waits for a slot: time runs from here. */
        void begin() {
            synchronized (ProgressDisplay.this) {
                begun = begin ? begun : System.nanoTime();
                begin = true;
            }
        }

        /** The task is finished and kept. */
        public void done(String task) {
            synchronized (ProgressDisplay.this) {
                running.remove(task);
                done++;
                if (done == tasks) {
                    end();
                }
            }
        }

        /** A task that is not counted has ended, as one that makes what others need. */
        public void leaves(String task) {
            synchronized (ProgressDisplay.this) {
                running.remove(task);
            }
        }

        /** So many tasks of the stage will never be. */
        public void without(int some) {
            synchronized (ProgressDisplay.this) {
                tasks -= some;
                if (done == tasks && done > 0) {
                    end();
                }
            }
        }

        private void end() {
            if (!ended) {
                ended = true;
                String all = done + " of " + tasks + " done in " + time(seconds());
                say(name + ": " + (tasks == 0 ? "nothing is missing" : all));
            }
        }

        /** As {@code train: 3 of 9 done; kl-penalty beta=1 seed=0 120/300 loss=0.83; 5200 tokens/s, 2 min left}. */
        String line() {
            StringBuilder line = new StringBuilder(name + ": " + done + " of " + tasks + " done");
            for (Progress task : running.values()) {
                line.append("; ").append(task.task()).append(" ").append(task.done());
                line.append("/").append(task.total());
                if (Double.isFinite(task.loss())) {
                    line.append(String.format(Locale.ROOT, " loss=%.3f", task.loss()));
                }
            }
            double share = done
                    + running.values().stream()
                            .mapToDouble(ProgressDisplay::share)
                            .sum();
            if (share > 0) {
                double left = seconds() * (tasks - share) / share;
                line.append(String.format(Locale.ROOT, "; %.0f tokens/s, %s left", tokens / seconds(), time(left)));
            }
            return line.toString();
        }

        private double seconds() {
            return Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
        }
    }

    /** A line of its own. */
    synchronized void say(String line) {
        out.println((terminal ? "\r\033[K" : "") + line);
        out.flush();
    }

    synchronized void received(Progress message) {
        for (StageProgress stage : stages) {
            if (stage.name.equals(message.stage())) {
                Progress before = stage.running.put(message.task(), message);
                stage.tokens += message.tokens() - (before == null ? 0 : before.tokens());
            }
        }
    }

    /** The lines of all stages at work. */
    synchronized List<String> lines() {
        return stages.stream()
                .filter(stage -> !stage.ended && (stage.done > 0 || !stage.running.isEmpty()))
                .map(StageProgress::line)
                .toList();
    }

    @Override
    public synchronized void close() {
        ProgressPlugin.listen(message -> {});
        clock.cancel();
        stages.forEach(StageProgress::end);
    }

    private synchronized void show() {
        if (terminal) {
            out.print(lines().stream().collect(Collectors.joining(" | ", "\r\033[K", "")));
        } else {
            lines().forEach(out::println);
        }
        out.flush();
    }

    private static double share(Progress task) {
        return task.total() == 0 ? 0 : (double) task.done() / task.total();
    }

    /** As {@code 2 min 5 s}. */
    public static String time(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toMinutes() < 1
                ? time.toSeconds() + " s"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
