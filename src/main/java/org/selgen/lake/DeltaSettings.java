package org.selgen.lake;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Map;

/** What a Spark session needs to read and write a lake, and how long its tables remember. */
public final class DeltaSettings {
    /** How long a file stays that its table's newest version does not name: a reader of an older one may be at it. */
    static final Duration RETENTION = Duration.ofDays(7);

    /** How long a table's log tells of a version. Delta forgets older ones with a checkpoint, which every tenth version has. */
    static final Duration LOG_RETENTION = Duration.ofDays(30);

    private static final String TABLE =
            "spark.databricks.delta.properties.defaults."; // of tables that are made from now on

    /** By name. */
    public static final Map<String, String> ALL = Map.ofEntries(
            entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
            entry("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
            entry("spark.databricks.delta.snapshotPartitions", "1"),
            entry("spark.delta.logStore.file.impl", "io.delta.storage.LocalLogStore"), // the other starts processes
            entry(TABLE + "deletedFileRetentionDuration", "interval " + RETENTION.toDays() + " days"),
            entry(TABLE + "logRetentionDuration", "interval " + LOG_RETENTION.toDays() + " days"),
            entry("spark.databricks.delta.vacuum.logging.enabled", "false"), // it would add two versions
            entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4"), // a VACUUM makes so many tasks
            // A compaction leaves files above half of the size alone, so that no put writes large ones anew.
            entry("spark.databricks.delta.optimize.minFileSize", String.valueOf(4 << 20)),
            entry("spark.databricks.delta.optimize.maxFileSize", String.valueOf(8 << 20)));

    private DeltaSettings() {}
}
