package org.selgen.stage;

import java.io.Serializable;
import java.util.List;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.data.StepMetrics;

/**
 * What a training leaves.
 *
 * @param training its id
 * @param status how it ended, as in the table runs
 * @param reason why it did not finish; empty where it did
 * @param runs a row for each of its runs; none of an artefact
 * @param steps those of its runs
 */
public record TrainingOutcome(String training, Status status, String reason, List<Run> runs, List<StepMetrics> steps)
        implements Serializable {
    /** The id of its last run, or else its own. */
    String last() {
        return runs.isEmpty() ? training : runs.get(runs.size() - 1).id();
    }
}
