package org.selgen.hub;

import java.util.OptionalLong;

/** The network or the server failed in a way that may pass. */
final class TransientException extends Exception {
    private final long waitMillis;

    TransientException(String what) {
        super(what);
        this.waitMillis = -1;
    }

    TransientException(String what, Throwable cause) {
        super(what, cause);
        this.waitMillis = -1;
    }

    private TransientException(String what, long waitMillis) {
        super(what);
        this.waitMillis = waitMillis;
    }

    /** A busy server, which asks to wait before the next request. */
    static TransientException busy(String what, long waitMillis) {
        return new TransientException(what, waitMillis);
    }

    /** The wait that the server asks for, milliseconds; empty if it asks for none. */
    OptionalLong askedMillis() {
        return waitMillis < 0 ? OptionalLong.empty() : OptionalLong.of(waitMillis);
    }
}
