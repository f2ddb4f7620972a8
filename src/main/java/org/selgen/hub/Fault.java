package org.selgen.hub;

import java.util.OptionalLong;

/** The network or the server failed in a way that may pass. */
final class Fault extends Exception {
    private final long waitMillis;

    Fault(String what) {
        super(what);
        this.waitMillis = -1;
    }

    Fault(String what, Throwable cause) {
        super(what, cause);
        this.waitMillis = -1;
    }

    private Fault(String what, long waitMillis) {
        super(what);
        this.waitMillis = waitMillis;
    }

    /** A server that asks to be left alone for a time. */
    static Fault busy(String what, long waitMillis) {
        return new Fault(what, waitMillis);
    }

    /** How long the server asked to be left alone; empty if it did not. */
    OptionalLong asked() {
        return waitMillis < 0 ? OptionalLong.empty() : OptionalLong.of(waitMillis);
    }
}
