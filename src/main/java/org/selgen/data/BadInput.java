package org.selgen.data;

/**
 * What the user gave cannot be used: a wrong key, a missing file, a damaged row. Its message names the thing, its value,
 * the bound and the mend; the command line prints it as one line and exits with 2.
 */
public final class BadInput extends RuntimeException {
    public BadInput(String message) {
        super(message);
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
