package org.selgen.job;

import java.util.Optional;
import org.selgen.data.BadInput;

/** What to tell the user when a verb stops. */
public final class Failure {
    private Failure() {}

    /** The one line that says how to mend it, where the user can: bad input, or a full disk. */
    public static Optional<String> mendable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadInput) {
                return Optional.of(cause.getMessage());
            }
            String message = String.valueOf(cause.getMessage());
            // Spark may hand over only the text of what a task threw.
            int at = message.indexOf(BadInput.class.getName() + ": ");
            if (at >= 0) {
                return message.substring(at + BadInput.class.getName().length() + 2)
                        .lines()
                        .findFirst();
            }
            if (message.contains("No space left on device")) {
                return Optional.of("no space left on the disk; free some and start again: finished work is kept");
            }
        }
        return Optional.empty();
    }

    /** Kind and first line of the innermost cause, for a person at a terminal. */
    public static String oneLine(Throwable failure) {
        return reason(failure) + " (option -v shows where)";
    }

    /** Kind and first line of the innermost cause, for a run's row. */
    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message;
    }
}
