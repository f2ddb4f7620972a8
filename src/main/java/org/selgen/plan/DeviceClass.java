package org.selgen.plan;

import org.selgen.tensor.DType;

/**
 * Kinds of devices, with round figures of their makers, for an estimate before there is a device. A third of the peak is
 * taken as reached on a GPU, which is an assumption; on two cores the shares are those of {@code selgen bench}.
 */
enum DeviceClass {
    /** Two cores with AVX2, which compute bfloat16 by way of float32. */
    CPU("cpu, 2 cores", 16, 185e9, 20e9, 20e9, TrainingTimeEstimator.SHARE, TaskEstimator.SHARE),
    /** As an RTX 4090. */
    CONSUMER("consumer card", 24, 83e12, 165e12, 1.0e12, 1 / 3.0, 1 / 3.0),
    /** As an A100. */
    CARD_80("80 GB card", 80, 19.5e12, 312e12, 2.0e12, 1 / 3.0, 1 / 3.0),
    /** As an H200. */
    CARD_141("H200 card", 141, 67e12, 989e12, 4.8e12, 1 / 3.0, 1 / 3.0);

    private final String title;
    private final int gib;
    private final double f32;
    private final double bf16;
    private final double bandwidth;
    private final double training;
    private final double answering;

    DeviceClass(String title, int gib, double f32, double bf16, double bandwidth, double training, double answering) {
        this.title = title;
        this.gib = gib;
        this.f32 = f32;
        this.bf16 = bf16;
        this.bandwidth = bandwidth;
        this.training = training;
        this.answering = answering;
    }

    String title() {
        return title;
    }

    /** Memory, in GiB. */
    int gib() {
        return gib;
    }

    /** Seconds of one training after the other. */
    double training(double operations, DType type) {
        return operations / (training * peak(type));
    }

    /**
     * Seconds of answering: the arithmetic, or reading the weights once for each token of a batch, whichever is longer.
     *
     * @param read bytes of weights that are read
     */
    double answering(double operations, double read, DType type) {
        return Math.max(operations / (answering * peak(type)), read / bandwidth);
    }

    /** Operations a second. */
    private double peak(DType type) {
        return type == DType.BF16 ? bf16 : f32;
    }
}
