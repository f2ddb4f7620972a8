package org.selgen.judge.endpoint;

/** A call to an endpoint that is worth another try. */
final class FailedCall extends Exception {
    /** What the endpoint said, shortened and without the key. */
    final String reply;

    FailedCall(String message, String reply) {
        super(message);
        this.reply = reply;
    }
}
