package org.selgen.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selgen.train.Checkpoints;

/**
 * Bytes that a run of the experiment will need.
 *
 * @param adapters of the runs to be trained, exact but for the files' headers
 * @param checkpoints of the trainings at work at once, at their peak
 * @param tables at most, roughly
 */
record DiskEstimate(long adapters, long checkpoints, long tables) {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int FLOAT = 4;
    private static final int ROW = 200;
    private static final int TOKEN = 5; // bytes of text

    /** A and B of one adapter in float32. */
    static long adapter(long weights) {
        return FLOAT * weights;
    }

    /** Of one training: those kept and the one being written, each an adapter and its two moments. */
    static long checkpoints(long weights) {
        return (Checkpoints.KEPT + 1) * 3L * adapter(weights);
    }

    /** Of rows that hold texts of so many tokens. */
    static long tables(long steps, long answers, long tokensOfAnAnswer, long verdicts) {
        return ROW * (steps + answers + verdicts) + answers * tokensOfAnAnswer * TOKEN;
    }

    long bytes() {
        return adapters + checkpoints + tables;
    }

    /** What is needed beside what is free, and a warning where it does not fit. */
    List<String> told(long free, Path where) {
        List<String> lines = new ArrayList<>();
        lines.add("disk: about " + told(bytes()) + " needed (adapters " + told(adapters) + ", checkpoints "
                + told(checkpoints) + ", tables at most " + told(tables) + "), " + told(free) + " free");
        if (bytes() > free) {
            lines.add("WARNING: the run does not fit on the disk of " + where + "; free " + told(bytes() - free)
                    + ", or give a --lake on another disk");
        }
        return lines;
    }

    /** As {@code 1.5 GiB}. */
    static String told(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.size() - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
    }
}
