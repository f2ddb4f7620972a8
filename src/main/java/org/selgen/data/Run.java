package org.selgen.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One trained (or base) model. A row means that its adapter is complete, or that training ended for the reason in
 * {@code status}.
 *
 * @param id hash of everything that decides the weights: base model, data, method, knobs, seed, training settings
 * @param method kebab-case name, as {@code kl-penalty}; {@code base} for the untouched model
 * @param knobs the method's knobs as {@code beta=0.3}, joined by commas in declaration order, and {@code epoch=e}
 *     where the run is epoch e of a longer training; empty if none
 * @param seed decides the adapter's first weights and the order of the data
 * @param model name of the base model
 * @param modelHash content hash of the base model's folder
 * @param dataHash hash of the prepared training rows
 * @param settings the training settings as canonical JSON
 * @param status {@code finished}, {@code diverged} or {@code failed}
 * @param reason why it diverged or failed; empty when finished
 * @param steps optimizer steps made
 * @param tokens real (not padding) tokens trained on
 * @param loss mean training loss over the last tenth of the steps, nats per token
 * @param seconds wall time of training
 * @param device as {@code cpu} or {@code cuda:0}
 * @param adapter path of the adapter folder relative to the lake; empty for {@code base}
 * @param host name or address of the machine that trained it; absent while planned, and in older lakes
 * @param gpu {@link GpuUse#name} of the training, which may have left several runs; all four are absent where it held no GPU, and
 *     in older lakes
 * @param gpuPeakMib {@link GpuUse#peakMib}
 * @param gpuBusy {@link GpuUse#busy}
 * @param gpuReason {@link GpuUse#reason}
 */
public record Run(
        String id,
        String method,
        String knobs,
        long seed,
        String model,
        String modelHash,
        String dataHash,
        String settings,
        String status,
        String reason,
        int steps,
        long tokens,
        double loss,
        double seconds,
        String device,
        String adapter,
        @Nullable String host,
        @Nullable String gpu,
        @Nullable Integer gpuPeakMib,
        @Nullable Double gpuBusy,
        @Nullable String gpuReason)
        implements Serializable {
    public static final String FINISHED = "finished";
    public static final String DIVERGED = "diverged";
    public static final String FAILED = "failed";

    /** One that no machine has trained yet. */
    public Run(
            String id,
            String method,
            String knobs,
            long seed,
            String model,
            String modelHash,
            String dataHash,
            String settings,
            String status,
            String reason,
            int steps,
            long tokens,
            double loss,
            double seconds,
            String device,
            String adapter) {
        this(
                id, method, knobs, seed, model, modelHash, dataHash, settings, status, reason, steps, tokens, loss,
                seconds, device, adapter, null, null, null, null, null);
    }

    /** The same run, ended without an adapter. */
    public Run ended(String how, String why) {
        return new Run(id, method, knobs, seed, model, modelHash, dataHash, settings, how, why, 0, 0, 0, 0, device, "");
    }

    /** The same run, trained there, with what was seen of its GPU. */
    public Run on(String machine, GpuUse use) {
        return new Run(
                id,
                method,
                knobs,
                seed,
                model,
                modelHash,
                dataHash,
                settings,
                status,
                reason,
                steps,
                tokens,
                loss,
                seconds,
                device,
                adapter,
                machine,
                use.name(),
                use.peakMib(),
                use.busy(),
                use.reason());
    }
}
