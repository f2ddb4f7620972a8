package org.selgen.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.selgen.data.BadInput;
import org.selgen.data.Failure;

/** What a task's failure means for it and for the others. */
public final class TaskFailure {
    private TaskFailure() {}

    /**
     * Whether another attempt may end well: files or a network that failed, too little memory, an executor that was lost, or a
     * task that gave no sign of life. On this machine's own threads the last may still hold one.
     */
    public static boolean mayPass(Throwable thrown, JavaSparkContext spark) {
        if (concernsAll(thrown, spark)) {
            return false;
        }
        return Failure.outOfMemory(thrown)
                || causes(thrown)
                        .anyMatch(cause -> cause instanceof IOException
                                || cause instanceof UncheckedIOException
                                || cause instanceof FSError
                                || cause instanceof SparkException
                                || cause instanceof HeartbeatMonitor.TimedOut);
    }

    /** Whether no other task could end well: what the user has to mend, an application that ends, a fault of the program. */
    static boolean concernsAll(Throwable thrown, JavaSparkContext spark) {
        boolean stalled = thrown instanceof HeartbeatMonitor.TimedOut && spark.isLocal();
        boolean broken = thrown instanceof Error && !(thrown instanceof FSError) && !Failure.outOfMemory(thrown);
        boolean input = thrown instanceof BadInput // not one beneath: who wraps it says that it is of this task alone
                || (thrown instanceof SparkException && Failure.mendable(thrown).isPresent());
        return stalled
                || broken
                || input
                || Failure.fullDisk(thrown).isPresent()
                || spark.sc().isStopped();
    }

    /** What it is, in a line. */
    static String line(Throwable thrown) {
        return thrown instanceof HeartbeatMonitor.TimedOut
                ? String.valueOf(thrown.getMessage())
                : Failure.reason(thrown);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }
}
