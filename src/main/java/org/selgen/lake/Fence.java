package org.selgen.lake;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ConcurrentModificationException;
import java.util.function.Supplier;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.selgen.data.LakeInUse;

/**
 * What stands before each write to a lake: it asks whether its writer still has the right to. It travels to executors, where it
 * knows only whether another has taken over since; the holder's clock is the driver's.
 */
public final class Fence implements Serializable {
    /** Lets everything pass: of a folder, whose lock the operating system keeps, and of who has none. */
    static final Fence NONE = new Fence("", 0, null);

    /** Whose last commit a Delta table remembers. */
    private static final String APPLICATION = "selgen-lease";

    private static final String ID = "spark.databricks.delta.write.txnAppId";
    private static final String VERSION = "spark.databricks.delta.write.txnVersion";

    private static final int TRIES = 3;

    private final String lake;
    private final long epoch;
    private final transient @Nullable Lease lease; // in the process that has it

    private Fence(String lake, long epoch, @Nullable Lease lease) {
        this.lake = lake;
        this.epoch = epoch;
        this.lease = lease;
    }

    /** @param lake its URI */
    static Fence of(String lake, Lease lease) {
        return new Fence(lake, lease.epoch(), lease);
    }

    /** @throws LakeInUse if another has taken the lake over, or may have */
    void check() throws IOException {
        if (lease != null) {
            lease.check();
        } else if (epoch > 0) {
            LeaseFolder.of(lake).requireNewest(epoch);
        }
    }

    /**
     * Makes one commit to a Delta table, which fails if one of a later holder is there: the table keeps the number of the last
     * commit, and Delta leaves out one whose number is not higher, and fails one beside which another got in. So a writer that
     * is paused after the check changes nothing that a later one has written.
     *
     * @throws LakeInUse if another has taken the lake over, or may have
     */
    void commit(SparkSession session, Runnable commit) {
        asked();
        if (lease == null) {
            commit.run();
            return;
        }
        RuntimeConfig conf = session.conf(); // of this thread alone: tables are written one after the other
        conf.set(ID, APPLICATION);
        conf.set(VERSION, lease.nextCommit());
        try {
            commit.run();
        } finally {
            conf.unset(ID);
            conf.unset(VERSION);
        }
        asked(); // whether it was left out
    }

    /** Does again what fails since the last commit of who had the right before got in beside it. */
    <T> T repeat(Supplier<T> commits) {
        for (int again = 1; ; again++) {
            try {
                return commits.get();
            } catch (ConcurrentModificationException e) {
                if (again == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void asked() {
        try {
            check();
        } catch (IOException e) {
            throw new UncheckedIOException("it cannot be seen who writes the lake " + lake, e);
        }
    }
}
