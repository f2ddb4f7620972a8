package org.selgen.experiment;

import org.selgen.tensor.DType;

/** Type of the base model's matrices. */
public enum Precision {
    F32(DType.F32),
    BF16(DType.BF16);

    private final DType tensor;

    Precision(DType tensor) {
        this.tensor = tensor;
    }

    public DType tensor() {
        return tensor;
    }
}
