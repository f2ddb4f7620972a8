package org.selgen.tensor;

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

/** Copies values between Java's memory and the native library's. Neither side may free memory that the other uses. */
final class Bridge {
    private static final PtNDManager MANAGER = (PtNDManager) NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch");

    private Bridge() {}

    /** Memory that the native library can read, in its byte order. */
    static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    /**
     * The handle of a native copy on this thread's device. DJL's array only borrows the Java buffer, so a kernel copies it
     * while the buffer is reachable.
     */
    static long copy(ByteBuffer bytes, DataType type, long[] shape) {
        long[] sizes = shape.length == 0 ? new long[] {bytes.remaining() / type.getNumOfBytes()} : shape;
        try (PtNDArray borrowed = JniUtils.createNdFromByteBuffer(
                MANAGER, bytes, new Shape(sizes), type, SparseFormat.DENSE, MANAGER.getDevice())) {
            return Kernels.run("placed", new Kernels.Borrowed(borrowed.getHandle()), Device.current())[0];
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
