package org.selgen.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What NVIDIA's tool saw, while a task worked, of the GPU that the task held.
 *
 * @param name as {@code NVIDIA H100 80GB HBM3}; absent if no look was answered
 * @param peakMib most memory in use on the GPU at a look, MiB: of whoever uses it, so also what the engine keeps there from earlier
 *     tasks of its process; absent if no look told
 * @param busy mean over the looks of the part of the last moments in which any kernel ran, 0 to 1: not how well it was used; absent
 *     if no look told
 * @param reason why the last look that was not answered was not; absent if all were
 */
public record GpuUse(
        @Nullable String name,
        @Nullable Integer peakMib,
        @Nullable Double busy,
        @Nullable String reason) implements Serializable {
    /** Of a task that held no GPU. */
    public static final GpuUse NONE = new GpuUse(null, null, null, null);
}
