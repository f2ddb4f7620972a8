package org.selgen.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How long one task of the cluster took, beside what was expected of it, and what was seen of its GPU.
 *
 * @param stage whose task it was
 * @param run the run; of a training with several, the last
 * @param begun milliseconds since 1970 by the clock of the machine that did it
 * @param host name or address of that machine
 * @param seconds wall time of the task there
 * @param planned what it was expected to take, seconds; absent where nothing could be said
 * @param items answers, or likelihoods, that it left; 0 for a training
 * @param kind key of how answers were drawn; empty for a training
 * @param gpu {@link GpuUse#name}; all four are absent where the task held no GPU, and in older lakes
 * @param gpuPeakMib {@link GpuUse#peakMib}
 * @param gpuBusy {@link GpuUse#busy}
 * @param gpuReason {@link GpuUse#reason}
 */
public record TaskTime(
        Stage stage,
        String run,
        long begun,
        String host,
        double seconds,
        @Nullable Double planned,
        long items,
        String kind,
        @Nullable String gpu,
        @Nullable Integer gpuPeakMib,
        @Nullable Double gpuBusy,
        @Nullable String gpuReason)
        implements Serializable {
    /** The same, begun at another time. */
    public TaskTime at(long other) {
        return new TaskTime(
                stage, run, other, host, seconds, planned, items, kind, gpu, gpuPeakMib, gpuBusy, gpuReason);
    }
}
