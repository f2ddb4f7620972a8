package org.selgen.tensor;

import ai.djl.pytorch.jni.JniUtils;
import org.selgen.data.BadInput;

/**
 * The native library's settings for a Java thread, and how many native threads it may use for a matrix product. The default
 * is one, since runs are trained side by side: two runs with one thread each finish sooner than one after the other with two.
 */
public final class Threads {
    private static final String KEY = "selgen.threads";
    private static final ThreadLocal<Boolean> READY = ThreadLocal.withInitial(Threads::prepareThread);

    private Threads() {}

    /** The number in force: the system property {@code selgen.threads}, or 1. */
    public static int count() {
        String value = System.getProperty(KEY, "1");
        try {
            int count = Integer.parseInt(value);
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw refused(value);
        }
        throw refused(value);
    }

    private static BadInput refused(String value) {
        return new BadInput(KEY + " is '" + value + "' but must be a whole number of at least 1; change it in"
                + " spark.driver.extraJavaOptions or spark.executor.extraJavaOptions");
    }

    /** Sets the number for the calling thread, for a benchmark that wants another. */
    public static void use(int count) {
        prepare();
        JniUtils.setNumThreads(count);
    }

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
        JniUtils.setNumThreads(count());
        return true;
    }
}
