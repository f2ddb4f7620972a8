package org.selgen.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values between Java's memory and the native library's; always copied, since neither may free what the other uses. */
final class Bridge {
    private static final PtNDManager MANAGER = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");

    private Bridge() {}

    /** Memory that the native library can read, in its byte order. */
    static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    /** On this thread's device. The native array only borrows the Java buffer, so a kernel copies it before the buffer may go. */
    static Tensor copy(ByteBuffer bytes, DataType type, long[] shape) {
        long[] sizes = shape.length == 0 ? new long[] {bytes.remaining() / type.getNumOfBytes()} : shape;
        try (PtNDArray borrowed = JniUtils.createNdFromByteBuffer(
                MANAGER, bytes, new Shape(sizes), type, SparseFormat.DENSE, Device.cpu())) {
            return Tensors.placed(new Tensor.Borrowed(borrowed.getHandle()));
        } finally {
            Reference.reachabilityFence(bytes);
        }
    }

    /** A copy of the bytes of a contiguous array on the CPU, which is freed. */
    static ByteBuffer bytes(long handle) {
        try (PtNDArray array = new PtNDArray(MANAGER, handle)) {
            ByteBuffer view = JniUtils.getByteBuffer(array, false);
            ByteBuffer copy = direct(view.remaining());
            copy.put(view).flip();
            return copy;
        }
    }
}
