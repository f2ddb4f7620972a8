package org.selgen.serve;

/** What the client asked cannot be done; it gets the status and the message. */
final class BadRequest extends Exception {
    private final int status;

    BadRequest(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
