package org.selgen.tensor;

import java.util.concurrent.Callable;

/**
 * The device on which a thread makes its tensors, by PyTorch's name: {@code cpu}, or {@code cuda:N} for a task that
 * holds GPU N. Tensors of two devices do not mix, so a task makes or opens all that it uses on its own device.
 */
public final class Device {
    public static final String CPU = "cpu";
    private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> CPU);

    private Device() {}

    /** This thread's device. */
    public static String current() {
        return CURRENT.get();
    }

    /** Does the work on a device; afterwards the thread is on its previous device again. */
    public static <T> T on(String device, Callable<T> work) throws Exception {
        String before = current();
        CURRENT.set(device);
        try {
            return work.call();
        } finally {
            CURRENT.set(before);
        }
    }
}
