package org.selgen.tensor;

import ai.djl.pytorch.jni.JniUtils;
import org.selgen.data.BadInput;

/**
 * How many native threads one Java thread may use for a matrix product. One by default, since runs are trained side by
 * side: two runs with a thread each finish sooner than one after the other with two.
 */
public final class Threads {
    private static final String KEY = "selgen.threads";

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
        Kernels.prepare();
        JniUtils.setNumThreads(count);
    }

    static void apply() {
        JniUtils.setNumThreads(count());
    }
}
