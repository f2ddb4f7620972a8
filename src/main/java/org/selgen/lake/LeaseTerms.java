package org.selgen.lake;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.spark.SparkConf;
import org.selgen.data.LakeInUse;

/**
 * On which terms a lease is held.
 *
 * @param silence how long its holder may be silent before another takes over; it renews six times as often, and counts
 *     itself late a sixth before, so the machines' clocks must agree to within that
 * @param clock compared with the times of the holders' files
 * @param nanos the holder's own, which nobody sets
 * @param lost is told, in another thread, as soon as the holder finds that it is late
 */
record LeaseTerms(Duration silence, Clock clock, LongSupplier nanos, Consumer<LakeInUse> lost) {
    private static final String KEY = "spark.selgen.lease";
    private static final int PARTS = 6;

    static LeaseTerms of(SparkConf conf, Clock clock, Consumer<LakeInUse> lost) {
        long millis = conf.getTimeAsMs(KEY, LeaseFolder.SILENCE.toMillis() + "ms");
        return new LeaseTerms(Duration.ofMillis(millis), clock, System::nanoTime, lost);
    }

    Duration renewal() {
        return silence.dividedBy(PARTS);
    }

    /** After so long without a renewal the holder is late. */
    Duration limit() {
        return silence.minus(renewal());
    }
}
