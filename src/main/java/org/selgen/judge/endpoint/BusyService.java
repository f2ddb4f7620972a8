package org.selgen.judge.endpoint;

import java.time.Duration;

/** A call that a busy endpoint refused, to be tried again after a pause. */
final class BusyService extends Exception {
    final Duration pause;
    /** What the endpoint said, shortened and without the key. */
    final String reply;

    BusyService(Duration pause, String reply) {
        super("the endpoint is busy");
        this.pause = pause;
        this.reply = reply;
    }
}
