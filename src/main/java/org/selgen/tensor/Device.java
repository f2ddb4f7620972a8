package org.selgen.tensor;

import java.util.concurrent.Callable;

/**
 * Where a thread's tensors are made, by PyTorch's name: {@code cpu}, or {@code cuda:N} for work that holds GPU N. Tensors of two
 * devices do not mix, so whatever a piece of work uses it makes, or opens, there.
 */
public final class Device {
    public static final String CPU = "cpu";
    private static final ThreadLocal<String> HERE = ThreadLocal.withInitial(() -> CPU);

    private Device() {}

    /** This thread's. */
    public static String current() {
        return HERE.get();
    }

    /** Does the work on a device; then the thread is back on the one before. */
    public static <T> T on(String device, Callable<T> work) throws Exception {
        String before = current();
        HERE.set(device);
        try {
            return work.call();
        } finally {
            HERE.set(before);
        }
    }
}
