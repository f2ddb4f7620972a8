package org.selgen.lake;

import java.time.Instant;

/**
 * What a file or folder takes on its disk.
 *
 * @param bytes of all files in it
 * @param newest when the last of them was written; the epoch where there is none
 */
public record DiskUse(long bytes, Instant newest) {
    /** Of nothing. */
    static final DiskUse NONE = new DiskUse(0, Instant.EPOCH);

    DiskUse plus(long more, long millis) {
        Instant written = Instant.ofEpochMilli(millis);
        return new DiskUse(bytes + more, written.isAfter(newest) ? written : newest);
    }
}
