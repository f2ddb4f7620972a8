package org.selgen.tensor;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gradients by torch's autograd, and computation without it. Grad mode belongs to the thread; new threads start with it
 * on.
 */
public final class Autograd {
    private Autograd() {}

    /**
     * Gradients of a scalar with respect to leaf tensors. The graph is freed.
     *
     * @param loss a scalar
     * @param leaves tensors made with {@link Tensor#leaf()}
     * @return one gradient per leaf and of its shape; zeros where the loss does not depend on it
     */
    public static List<Tensor> gradients(Tensor loss, List<Tensor> leaves) {
        return Tensor.callForList("gradients", loss, leaves.toArray(Tensor[]::new), 0);
    }

    /** The same; the graph stays for another loss of the same pass. */
    public static List<Tensor> gradientsOfSeveral(Tensor loss, List<Tensor> leaves) {
        return Tensor.callForList("gradients", loss, leaves.toArray(Tensor[]::new), 1);
    }

    /** Whether this thread's work is recorded for gradients. */
    static boolean isOn() {
        Threads.prepare();
        return JniUtils.isGradMode();
    }

    /** Does the work without recording it for gradients. */
    public static <T> T off(Supplier<T> work) {
        boolean before = isOn();
        JniUtils.setGradMode(false);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** Does the work without recording it for gradients. */
    public static void off(Runnable work) {
        off(() -> {
            work.run();
            return true;
        });
    }
}
