package org.selgen.tensor;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A native array whose operations are kernels, safe inside a differentiated computation. Results belong to the thread's
 * current {@link Scope}; new ones are on its {@link Device}. Scalars given as Java floats keep the tensor's element type.
 */
public final class Tensor extends Scope.Owned {
    private Tensor(long handle) {
        super(handle);
    }

    /** The result of a kernel that gives one tensor. */
    static Tensor call(String kernel, Object... arguments) {
        return callForList(kernel, arguments).get(0);
    }

    /** The results of a kernel that gives one tensor or a list of them. */
    static List<Tensor> callForList(String kernel, Object... arguments) {
        return Arrays.stream(Kernels.run(kernel, arguments))
                .mapToObj(Tensor::new)
                .toList();
    }

    // ---- from and to Java ----

    /** A float32 tensor that holds a copy of the values. */
    public static Tensor of(float[] values, long... shape) {
        ByteBuffer bytes = Bridge.direct(values.length * 4L);
        bytes.asFloatBuffer().put(values);
        return new Tensor(Bridge.copy(bytes, DataType.FLOAT32, shape));
    }

    /** A float64 tensor that holds a copy of the values. */
    public static Tensor of(double[] values, long... shape) {
        ByteBuffer bytes = Bridge.direct(values.length * 8L);
        bytes.asDoubleBuffer().put(values);
        return new Tensor(Bridge.copy(bytes, DataType.FLOAT64, shape));
    }

    /** An int64 tensor that holds a copy of the values. */
    public static Tensor of(long[] values, long... shape) {
        ByteBuffer bytes = Bridge.direct(values.length * 8L);
        bytes.asLongBuffer().put(values);
        return new Tensor(Bridge.copy(bytes, DataType.INT64, shape));
    }

    /** A float32 scalar. */
    public static Tensor scalar(float value) {
        return of(new float[] {value}).reshape();
    }

    /** Zeros of the given type and shape. */
    public static Tensor zeros(DType type, long... shape) {
        return call("zeros", shape, type.torch(), Device.current());
    }

    /** The tensor without elements, which a kernel reads as "absent". */
    public static Tensor none() {
        return of(new float[0], 0);
    }

    /** Whether no element is NaN or infinite. */
    public boolean isFinite() {
        try (Scope scope = Scope.open()) {
            return call("finite", this).to(DType.I64).longs()[0] == 1;
        }
    }

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
        HostReads.one();
        try (Scope scope = Scope.open()) {
            Tensor out = call("export", this, type.torch());
            return Bridge.bytes(out.release());
        }
    }

    // ---- shape ----

    /** Length of each axis. */
    public long[] shape() {
        return Native.sizes(handle());
    }

    public Tensor reshape(long... shape) {
        return call("reshape", this, shape);
    }

    /** Swaps the last two axes. */
    public Tensor transpose() {
        return call("transpose", this);
    }

    /** Swaps two axes. */
    public Tensor transpose(long left, long right) {
        return call("swap", this, left, right);
    }

    /** Rows {@code [from, to)} of the first axis. */
    public Tensor rows(long from, long to) {
        return call("rows", this, from, to);
    }

    /** The rows of the first axis with the given numbers. */
    public Tensor select(long... rows) {
        return call("select_rows", this, Tensor.of(rows));
    }

    /** Joined along an axis. */
    public static Tensor concat(long axis, Tensor... tensors) {
        return call("concat", tensors, axis);
    }

    public Tensor to(DType type) {
        return call("cast", this, type.torch());
    }

    /** In the element type of another. */
    public Tensor as(Tensor other) {
        return call("cast_as", this, other);
    }

    // ---- arithmetic ----

    public Tensor plus(Tensor other) {
        return call("plus", this, other);
    }

    public Tensor minus(Tensor other) {
        return call("minus", this, other);
    }

    public Tensor times(Tensor other) {
        return call("times", this, other);
    }

    public Tensor times(float factor) {
        return call("scale", this, factor);
    }

    public Tensor dividedBy(Tensor other) {
        return call("divide", this, other);
    }

    public Tensor matmul(Tensor other) {
        return call("matmul", this, other);
    }

    public Tensor abs() {
        return call("absolute", this);
    }

    public Tensor square() {
        return times(this);
    }

    /** log(1 + e^x), without overflow. */
    public Tensor softplus() {
        return call("softplus", this);
    }

    /** log(1 − eˣ) for x below 0: the log-probability of the complement; kept finite where eˣ rounds to 1. */
    public Tensor logOfComplement() {
        return call("log_of_complement", this);
    }

    /** Sum of all elements; a scalar. */
    public Tensor sum() {
        return call("sum_all", this);
    }

    /** Mean of all elements; a scalar. */
    public Tensor mean() {
        return call("mean_all", this);
    }

    /** Sum of the elements of each group: {@code out[g] = Σ_{i: group[i] = g} x[i]}. */
    public Tensor sumBy(long[] group, int groups) {
        return call("sum_by", this, Tensor.of(group), groups);
    }

    /** Inner product of all elements; a scalar. */
    public Tensor dot(Tensor other) {
        return times(other).sum();
    }

    // ---- gradients ----

    /** A copy that gradients can be taken with respect to. */
    public Tensor leaf() {
        return call("leaf", this);
    }

    /** The same values, constant for gradients. */
    public Tensor detach() {
        return call("detached", this);
    }

    /** Overwrites the values; call it with autograd off. */
    public void assign(Tensor values) {
        call("assign", this, values);
    }
}
