package org.selgen.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selgen.data.GpuUse;

/** Looks at a GPU from time to time, in a thread of its own, while a task works on it. What goes wrong here harms no task. */
final class GpuMonitor implements AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(2);
    private static final List<String> FIELDS = List.of("name", "memory.used", "utilization.gpu");
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9}) (MiB|%)"); // else as [N/A]

    private final NvidiaSmi tool;
    private final String address;
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "gpu-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final IntSummaryStatistics mib = new IntSummaryStatistics();
    private final IntSummaryStatistics percent = new IntSummaryStatistics();
    private @Nullable String name;
    private @Nullable String reason;

    private GpuMonitor(NvidiaSmi tool, String address) {
        this.tool = tool;
        this.address = address;
    }

    /** @param pause between two looks */
    static GpuMonitor begin(NvidiaSmi tool, String address, Duration pause) {
        GpuMonitor watch = new GpuMonitor(tool, address);
        watch.poller.execute(watch::poll); // this one is made however soon the work ends
        long millis = pause.toMillis();
        var unused = watch.poller.scheduleWithFixedDelay(watch::poll, millis, millis, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void poll() {
        try {
            record(tool.query(FIELDS, address));
        } catch (IOException | RuntimeException e) { // one that is thrown here would end the looking unseen
            failed(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void record(List<String> values) {
        name = values.get(0);
        add(mib, values.get(1));
        add(percent, values.get(2));
    }

    private static void add(IntSummaryStatistics all, String value) {
        Matcher number = NUMBER.matcher(value);
        if (number.matches()) {
            all.accept(Integer.parseInt(number.group(1)));
        }
    }

    private synchronized void failed(String why) {
        reason = why;
    }

    /** Ends the looking, once a look in flight has ended, and says what was seen. */
    GpuUse result() {
        close();
        synchronized (this) {
            return new GpuUse(
                    name,
                    mib.getCount() == 0 ? null : mib.getMax(),
                    percent.getCount() == 0 ? null : percent.getAverage() / 100,
                    reason);
        }
    }

    @Override
    public void close() {
        poller.shutdown(); // what waits is not begun
        try {
            if (!poller.awaitTermination(2 * tool.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                poller.shutdownNow();
                failed(tool.command() + " has not ended");
            }
        } catch (InterruptedException e) {
            poller.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
