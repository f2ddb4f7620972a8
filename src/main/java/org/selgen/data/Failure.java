package org.selgen.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What to tell the user when a verb stops. */
public final class Failure {
    private static final String FULL = "No space left on device";

    /** As libtorch says it: {@code CUDA out of memory}, {@code DefaultCPUAllocator: not enough memory}. */
    private static final Pattern MEMORY =
            Pattern.compile("out of memory|DefaultCPUAllocator: (?:can't allocate|not enough) memory");

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
        }
        return fullDisk(failure);
    }

    /** What to do where the failure is a full disk; names the file if the failure does. */
    public static Optional<String> fullDisk(Throwable failure) {
        Stream<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
        return causes.flatMap(cause -> String.valueOf(cause.getMessage()).lines())
                .filter(line -> line.contains(FULL))
                .findFirst()
                .map(
                        line -> line.replaceFirst("^(\\w+\\.)+\\w+: ", "") // a wrapper's text begins with a class
                                + "; free some space, on the lake's disk or that of Spark's local folders, and start again: finished work is kept");
    }

    /** Whether it is too little memory: the JVM's, or that of libtorch on the machine or its GPU. */
    public static boolean outOfMemory(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof OutOfMemoryError
                        || MEMORY.matcher(String.valueOf(cause.getMessage())).find());
    }

    /** Kind and first line of the innermost cause, for a person at a terminal. */
    public static String oneLine(Throwable failure) {
        return reason(failure) + " (option -v shows where)";
    }

    /** Kind and first line of the innermost cause, for a run's row; of files, what could not be done and why. */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        String task = "";
        while (root.getCause() != null) {
            if (root instanceof UncheckedIOException
                    && !root.getCause().toString().equals(root.getMessage())) {
                task = root.getMessage() + ": ";
            }
            root = root.getCause();
        }
        if (root instanceof IOException files) {
            return task + IoReason.of(files).lines().findFirst().orElse("");
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message;
    }
}
