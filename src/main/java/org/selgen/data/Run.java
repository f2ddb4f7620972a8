package org.selgen.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One trained (or base) model. A row means that its adapter is complete, or that training ended for the reason in
 * {@code status}.
 *
 * @param id hash of everything that decides the weights: base model, data, method, knobs, seed, training settings
 * @param method kebab-case name, as {@code kl-penalty}; {@code base} for the untouched model, {@code external} for what
 *     other tools have made
 * @param knobs the method's knobs as {@code beta=0.3}, joined by commas in declaration order, and {@code epoch=e}
 *     where the run is epoch e of a longer training; {@code name=n} of an external one; empty if none
 * @param seed decides the adapter's first weights and the order of the data
 * @param model name of the base model
 * @param modelHash content hash of the base model's folder
 * @param dataHash hash of the prepared training rows
 * @param settings the training settings as canonical JSON
 * @param status how it ended; {@link Status#FINISHED} for a planned one
 * @param reason why it diverged or failed; empty when finished
 * @param steps optimizer steps made
 * @param tokens real (not padding) tokens trained on
 * @param loss mean training loss over the last tenth of the steps, nats per token
 * @param seconds wall time of training
 * @param device as {@code cpu} or {@code cuda:0}
 * @param adapter path of the adapter folder relative to the lake; empty for {@code base} and external models
 * @param host name or address of the machine that trained it; absent while planned, and in older lakes
 * @param gpu {@link GpuUse#name} of the training, which may have left several runs; all four are absent where it held no GPU, and
 *     in older lakes
 * @param gpuPeakMib {@link GpuUse#peakMib}
 * @param gpuBusy {@link GpuUse#busy}
 * @param gpuReason {@link GpuUse#reason}
 * @param recipe {@link Recipe#WEIGHTS} of the selgen that trained it; absent for {@code base}, which no training made, and in
 *     older lakes, whose runs are of the {@linkplain Recipe#FIRST first}
 * @param revision commit of the base model on the Hub, 40 hexadecimal digits; absent where it is not out of the Hub's cache, and
 *     in older lakes
 * @param epoch the epoch of its training, from 1, whose adapter this is; absent where nothing was trained, and in older lakes
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
        Status status,
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
        @Nullable String gpuReason,
        @Nullable Integer recipe,
        @Nullable String revision,
        @Nullable Integer epoch)
        implements Serializable {
    /** The method of the base model's run. */
    public static final String BASE = "base";

    /** The method of runs whose adapter or model other tools have made. */
    public static final String EXTERNAL = "external";

    /** Whether a method's runs are told apart by seeds: not the base model, and not what other tools have made. */
    public static boolean seeded(String method) {
        return !method.equals(BASE) && !method.equals(EXTERNAL);
    }

    /** A run before its training: without steps, time, adapter and machine. */
    public static Run planned(
            String id,
            String method,
            String knobs,
            long seed,
            String model,
            String modelHash,
            String dataHash,
            String settings,
            @Nullable Integer recipe) {
        return new Run(
                id,
                method,
                knobs,
                seed,
                model,
                modelHash,
                dataHash,
                settings,
                Status.FINISHED,
                "",
                0,
                0,
                0,
                0,
                "",
                "",
                null,
                null,
                null,
                null,
                null,
                recipe,
                null,
                null);
    }

    /** Whether it is one of several that differ in the seed. */
    public boolean seeded() {
        return seeded(method);
    }

    /** The recipe, also of a row that is older than recipes. */
    public int recipeOrFirst() {
        return recipe == null ? Recipe.FIRST : recipe;
    }

    /** This run with the outcome of its training. */
    public Run withOutcome(Status newStatus, String newReason, int newSteps, long newTokens, double newLoss) {
        return with(newStatus, newReason, newSteps, newTokens, newLoss, seconds, device, adapter);
    }

    /** This run with the wall time of its training and the device that it ran on. */
    public Run withTime(double newSeconds, String newDevice) {
        return with(status, reason, steps, tokens, loss, newSeconds, newDevice, adapter);
    }

    /** This run with the path of its adapter relative to the lake. */
    public Run withAdapter(String newAdapter) {
        return with(status, reason, steps, tokens, loss, seconds, device, newAdapter);
    }

    /** This run, ended without steps and adapter. */
    public Run ended(Status newStatus, String newReason) {
        return with(newStatus, newReason, 0, 0, 0, seconds, device, "");
    }

    /** This run of a base model at a commit of the Hub. */
    public Run withRevision(@Nullable String commit) {
        return with(host, new GpuUse(gpu, gpuPeakMib, gpuBusy, gpuReason), commit, epoch);
    }

    /** This run whose adapter is that of an epoch. */
    public Run withEpoch(int number) {
        return with(host, new GpuUse(gpu, gpuPeakMib, gpuBusy, gpuReason), revision, number);
    }

    /** This run with the machine that trained it and the use of its GPU. */
    public Run withHost(@Nullable String newHost, GpuUse use) {
        return with(newHost, use, revision, epoch);
    }

    private Run with(@Nullable String newHost, GpuUse use, @Nullable String newRevision, @Nullable Integer newEpoch) {
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
                newHost,
                use.name(),
                use.peakMib(),
                use.busy(),
                use.reason(),
                recipe,
                newRevision,
                newEpoch);
    }

    private Run with(
            Status newStatus,
            String newReason,
            int newSteps,
            long newTokens,
            double newLoss,
            double newSeconds,
            String newDevice,
            String newAdapter) {
        return new Run(
                id,
                method,
                knobs,
                seed,
                model,
                modelHash,
                dataHash,
                settings,
                newStatus,
                newReason,
                newSteps,
                newTokens,
                newLoss,
                newSeconds,
                newDevice,
                newAdapter,
                host,
                gpu,
                gpuPeakMib,
                gpuBusy,
                gpuReason,
                recipe,
                revision,
                epoch);
    }
}
