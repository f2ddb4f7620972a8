package org.selgen.tensor;

import ai.djl.pytorch.jni.JniUtils;

/**
 * The native library's settings for a Java thread. It computes with one native thread, so that its bits do not depend on the
 * machine; see {@link Cores} for how a task computes on several.
 */
final class Threads {
    private static final ThreadLocal<Boolean> READY = ThreadLocal.withInitial(Threads::prepareThread);

    private Threads() {}

    /** Prepares the calling thread for kernels; only the first call of a thread does anything. */
    static void prepare() {
        if (!READY.get()) {
            throw new IllegalStateException("The thread could not be prepared for kernels");
        }
    }

    /**
     * All three settings are per thread. Shapes vary here, so specialising on them costs memory and gains nothing. DJL
     * leaves gradients off on the thread that loads it.
     */
    private static boolean prepareThread() {
        Native.load();
        JniUtils.setGradMode(true);
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setNumThreads(1);
        return true;
    }
}
