package org.selgen.cluster;

import org.selgen.data.GpuUse;
import org.selgen.data.Stage;
import org.selgen.data.TaskTime;

/**
 * What a task left, and what it took.
 *
 * @param item what it was to do
 * @param planned seconds it was expected to take; NaN where nothing was known
 */
public record CompletedTask<I, O>(I item, TaskResult<O> result, double planned) {
    public O value() {
        return result.get();
    }

    /** Its row in the table tasks. */
    public TaskTime row(Stage stage, String run, long items, String kind) {
        GpuUse gpu = result.gpu();
        return new TaskTime(
                stage,
                run,
                result.begun(),
                result.host(),
                result.seconds(),
                Double.isNaN(planned) ? null : planned,
                items,
                kind,
                gpu.name(),
                gpu.peakMib(),
                gpu.busy(),
                gpu.reason());
    }
}
