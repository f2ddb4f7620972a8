package org.selgen.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selgen.file.ByteSize;
import org.selgen.train.Checkpoints;
import org.selgen.train.optimizer.Optimizer;

/**
 * Bytes that a run of the experiment will need.
 *
 * @param adapters of the runs to be trained, exact but for the files' headers
 * @param checkpoints of the trainings at work at once, at their peak
 * @param tables at most, roughly
 */
record DiskEstimate(long adapters, long checkpoints, long tables) {
    private static final int FLOAT = 4;
    private static final int ROW = 200;
    private static final int TOKEN = 5; // bytes of text

    /** A and B of one adapter in float32. */
    static long adapter(long weights) {
        return FLOAT * weights;
    }

    /**
     * Of one training: those kept and the one being written, each an adapter and what its optimizer keeps.
     *
     * @param remembered gradients that the method keeps beside them
     */
    static long checkpoints(long weights, Optimizer optimizer, int remembered) {
        return (Checkpoints.KEPT + 1) * (1L + optimizer.kept().size() + remembered) * adapter(weights);
    }

    /** Of rows that hold texts of so many tokens. */
    static long tables(long steps, long answers, long tokensOfAnAnswer, long verdicts) {
        return ROW * (steps + answers + verdicts) + answers * tokensOfAnAnswer * TOKEN;
    }

    long bytes() {
        return adapters + checkpoints + tables;
    }

    /** What is needed beside what is free, and a warning where it does not fit. */
    List<String> lines(long free, Path where) {
        List<String> lines = new ArrayList<>();
        lines.add("disk: about " + ByteSize.binary(bytes()) + " needed (adapters " + ByteSize.binary(adapters)
                + ", checkpoints " + ByteSize.binary(checkpoints) + ", tables at most " + ByteSize.binary(tables)
                + "), " + ByteSize.binary(free) + " free");
        if (bytes() > free) {
            lines.add("WARNING: the run does not fit on the disk of " + where + "; free "
                    + ByteSize.binary(bytes() - free) + ", or give a --lake on another disk");
        }
        return lines;
    }
}
