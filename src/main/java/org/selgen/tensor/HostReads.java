package org.selgen.tensor;

/**
 * How often a thread has read numbers of tensors. For each the device must end what it was asked before, and then waits for the
 * next order: so what can be read together is, and in a step and in a token of an answer there are few ({@code HostReadsTest}).
 */
public final class HostReads {
    private static final ThreadLocal<long[]> COUNT = ThreadLocal.withInitial(() -> new long[1]);

    private HostReads() {}

    static void one() {
        COUNT.get()[0]++;
    }

    /** Of the calling thread. */
    public static long counted() {
        return COUNT.get()[0];
    }
}
