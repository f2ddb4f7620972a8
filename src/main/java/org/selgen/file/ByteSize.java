package org.selgen.file;

import java.util.List;
import java.util.Locale;

/** Numbers of bytes for a reader. */
public final class ByteSize {
    private static final List<String> DECIMAL = List.of("bytes", "kB", "MB", "GB", "TB");
    private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private ByteSize() {}

    /** In powers of 1000, as download sizes are given: {@code 1.5 GB}. */
    public static String decimal(long bytes) {
        return text(bytes, 1000, DECIMAL);
    }

    /** In powers of 1024, as disks and memory are measured: {@code 1.5 GiB}. */
    public static String binary(long bytes) {
        return text(bytes, 1024, BINARY);
    }

    private static String text(long bytes, int step, List<String> units) {
        double size = bytes;
        int unit = 0;
        while (size >= step && unit < units.size() - 1) {
            size /= step;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, units.get(unit));
    }
}
