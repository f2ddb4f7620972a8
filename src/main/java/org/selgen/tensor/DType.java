package org.selgen.tensor;

/** Element types that kernels support, with torch's number of the type and its width in bytes. */
public enum DType {
    U8(0, 1),
    I64(4, 8),
    F16(5, 2),
    F32(6, 4),
    F64(7, 8),
    BF16(15, 2);

    private final int torch;
    private final int bytes;

    DType(int torch, int bytes) {
        this.torch = torch;
        this.bytes = bytes;
    }

    int torch() {
        return torch;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
