package org.selgen.tensor;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A native array whose operations are kernels, safe inside a differentiated computation. Results belong to the thread's
 * current {@link Scope}; new ones are on its {@link Device}. Scalars given as Java floats keep the tensor's element type.
 */
public final class Tensor {
    private long handle;
    private Scope owner;

    Tensor(long handle, Scope owner) {
        this.handle = handle;
        this.owner = owner;
        owner.add(this);
    }

    // ---- from and to Java ----

    /** A float32 tensor that holds a copy of the values. */
    public static Tensor of(float[] values, long... shape) {
        ByteBuffer bytes = Bridge.direct(values.length * 4L);
        bytes.asFloatBuffer().put(values);
        return Bridge.copy(bytes, DataType.FLOAT32, shape);
    }

    /** A float64 tensor that holds a copy of the values. */
    public static Tensor of(double[] values, long... shape) {
        ByteBuffer bytes = Bridge.direct(values.length * 8L);
        bytes.asDoubleBuffer().put(values);
        return Bridge.copy(bytes, DataType.FLOAT64, shape);
    }

    /** An int64 tensor that holds a copy of the values. */
    public static Tensor of(long[] values, long... shape) {
        ByteBuffer bytes = Bridge.direct(values.length * 8L);
        bytes.asLongBuffer().put(values);
        return Bridge.copy(bytes, DataType.INT64, shape);
    }

    /** A float32 scalar. */
    public static Tensor scalar(float value) {
        return of(new float[] {value}).reshape();
    }

    /** Zeros of the given type and shape. */
    public static Tensor zeros(DType type, long... shape) {
        return Kernels.one("zeros", shape, type.torch(), Device.here());
    }

    /** The tensor without elements, which a kernel reads as "absent". */
    public static Tensor none() {
        return of(new float[0], 0);
    }

    /** A foreign handle as a kernel argument; never freed by us. */
    record Borrowed(long handle) {}

    /** The elements, row by row, as float32. */
    public float[] floats() {
        ByteBuffer bytes = bytes(DType.F32);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** The elements, row by row, as float64. */
    public double[] doubles() {
        ByteBuffer bytes = bytes(DType.F64);
        double[] values = new double[bytes.remaining() / 8];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    /** The elements, row by row, as int64. */
    public long[] longs() {
        ByteBuffer bytes = bytes(DType.I64);
        long[] values = new long[bytes.remaining() / 8];
        bytes.asLongBuffer().get(values);
        return values;
    }

    /** The value of a tensor of one element. */
    public double item() {
        double[] values = doubles();
        if (values.length != 1) {
            throw new IllegalStateException("item() asks for one element but the shape is " + Arrays.toString(shape()));
        }
        return values[0];
    }

    /** The elements, row by row, in little-endian bytes of the given type. */
    public ByteBuffer bytes(DType type) {
        try (Scope scope = Scope.open()) {
            Tensor out = Kernels.one("export", this, type.torch());
            return Bridge.bytes(out.release());
        }
    }

    // ---- shape ----

    /** Length of each axis. */
    public long[] shape() {
        return Native.sizes(handle());
    }

    public Tensor reshape(long... shape) {
        return Kernels.one("reshape", this, shape);
    }

    /** Swaps the last two axes. */
    public Tensor transpose() {
        return Kernels.one("transpose", this);
    }

    /** Swaps two axes. */
    public Tensor transpose(long left, long right) {
        return Kernels.one("swap", this, left, right);
    }

    /** Rows {@code [from, to)} of the first axis. */
    public Tensor rows(long from, long to) {
        return Kernels.one("rows", this, from, to);
    }

    /** The rows of the first axis with the given numbers. */
    public Tensor select(long... rows) {
        return Kernels.one("select_rows", this, Tensor.of(rows));
    }

    /** Joined along an axis. */
    public static Tensor concat(long axis, Tensor... tensors) {
        return Kernels.one("concat", tensors, axis);
    }

    public Tensor to(DType type) {
        return Kernels.one("cast", this, type.torch());
    }

    // ---- arithmetic ----

    public Tensor plus(Tensor other) {
        return Kernels.one("plus", this, other);
    }

    public Tensor minus(Tensor other) {
        return Kernels.one("minus", this, other);
    }

    public Tensor times(Tensor other) {
        return Kernels.one("times", this, other);
    }

    public Tensor times(float factor) {
        return Kernels.one("scale", this, factor);
    }

    public Tensor dividedBy(Tensor other) {
        return Kernels.one("divide", this, other);
    }

    public Tensor matmul(Tensor other) {
        return Kernels.one("matmul", this, other);
    }

    public Tensor abs() {
        return Kernels.one("absolute", this);
    }

    public Tensor square() {
        return times(this);
    }

    /** log(1 + e^x), without overflow. */
    public Tensor softplus() {
        return Kernels.one("softplus", this);
    }

    /** log(1 − eˣ) for x below 0: the log-probability of the complement; kept finite where eˣ rounds to 1. */
    public Tensor logOfComplement() {
        return Kernels.one("log_of_complement", this);
    }

    /** Sum of all elements; a scalar. */
    public Tensor sum() {
        return Kernels.one("sum_all", this);
    }

    /** Mean of all elements; a scalar. */
    public Tensor mean() {
        return Kernels.one("mean_all", this);
    }

    /** Sum of the elements of each group: {@code out[g] = Σ_{i: group[i] = g} x[i]}. */
    public Tensor sumBy(long[] group, int groups) {
        return Kernels.one("sum_by", this, Tensor.of(group), groups);
    }

    /** Inner product of all elements; a scalar. */
    public Tensor dot(Tensor other) {
        return times(other).sum();
    }

    // ---- gradients ----

    /** A copy that gradients can be taken with respect to. */
    public Tensor leaf() {
        return Kernels.one("leaf", this);
    }

    /** The same values, constant for gradients. */
    public Tensor detach() {
        return Kernels.one("detached", this);
    }

    /** Overwrites the values; call it with autograd off. */
    public void assign(Tensor values) {
        Kernels.one("assign", this, values);
    }

    // ---- memory ----

    long handle() {
        if (handle == 0) {
            throw new IllegalStateException("The tensor was freed with its scope; keep it in a longer one");
        }
        return handle;
    }

    void moveTo(Scope scope) {
        owner.remove(this);
        owner = scope;
        scope.add(this);
    }

    private long release() {
        long raw = handle();
        owner.remove(this);
        handle = 0;
        return raw;
    }

    void free() {
        Native.deleteTensor(handle);
        handle = 0;
    }
}
