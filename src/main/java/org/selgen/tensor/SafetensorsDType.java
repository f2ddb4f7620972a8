package org.selgen.tensor;

import java.util.Arrays;
import java.util.List;

/** Element types of the safetensors format, in the order in which the reference library lays tensors out. */
enum SafetensorsDType {
    I64(8),
    F64(8),
    F32(4),
    I32(4),
    BF16(2),
    F16(2),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    static final List<String> NAMES =
            Arrays.stream(values()).map(SafetensorsDType::name).toList();

    private final int bytes;

    SafetensorsDType(int bytes) {
        this.bytes = bytes;
    }

    /** Width of one number; for known dtypes only. */
    static int bytes(String dtype) {
        if (!NAMES.contains(dtype)) {
            throw new IllegalArgumentException("dtype is '" + dtype + "' but must be one of " + NAMES);
        }
        return valueOf(dtype).bytes;
    }

    /** The product of a shape's axes times the width of one number, or −1 where it does not fit 63 bits. */
    static long bytes(String dtype, long[] shape) {
        if (Arrays.stream(shape).anyMatch(axis -> axis == 0)) {
            return 0;
        }
        try {
            return Arrays.stream(shape).reduce(bytes(dtype), Math::multiplyExact);
        } catch (ArithmeticException e) {
            return -1;
        }
    }
}
