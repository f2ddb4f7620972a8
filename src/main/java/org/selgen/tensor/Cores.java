package org.selgen.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.selgen.data.BadInput;

/**
 * The processor cores of this process. A task computes on one, and on those that no other task needs where its work has
 * parts that do not depend on each other.
 *
 * <p>Every part is computed by one thread, with one native thread, on its task's device and with gradients where that has
 * them. So its bits depend neither on how many cores there are nor on what else runs.
 */
public final class Cores {
    private static final String KEY = "selgen.cores";
    private static final double LEAST = 2e9;
    private static final int MOST = 16;
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "core");
        thread.setDaemon(true);
        return thread;
    });
    private static final AtomicInteger BUSY = new AtomicInteger();
    private static final ThreadLocal<Boolean> COUNTED = ThreadLocal.withInitial(() -> false);
    private static volatile int count = Runtime.getRuntime().availableProcessors();

    private Cores() {}

    /** How many there are for this process. */
    public static int count() {
        return count;
    }

    /** Sets their number. */
    public static void limit(int most) {
        count = most;
    }

    /** Those that Spark gives to an executor, or the system property {@code selgen.cores} where it is set. */
    public static int allowed(int given) {
        String value = System.getProperty(KEY, String.valueOf(given));
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw new BadInput(KEY + " is '" + value + "' but must be a whole number from 1 to 9999; change it in"
                    + " spark.driver.extraJavaOptions or spark.executor.extraJavaOptions");
        }
        return Integer.parseInt(value);
    }

    /** Does the work of a task, which needs a core from its beginning to its end. */
    public static <T> T task(Callable<T> work) throws Exception {
        if (COUNTED.get()) {
            return work.call();
        }
        BUSY.incrementAndGet();
        COUNTED.set(true);
        try {
            return work.call();
        } finally {
            COUNTED.set(false);
            BUSY.decrementAndGet();
        }
    }

    /**
     * How many parts of an amount of work pay for what each costs beside arithmetic: those of at least 2 GFLOP. It follows from
     * the shapes alone. On a GPU work is not parted.
     *
     * @param operations floating-point operations of the whole
     * @param most parts that it can have
     */
    public static int parts(double operations, int most) {
        if (!Device.current().equals(Device.CPU)) {
            return 1;
        }
        int parts = (int) Math.min(Math.min(most, MOST), operations / LEAST);
        return Math.max(1, Integer.highestOneBit(parts)); // as many for each of 2 or 4 cores
    }

    /**
     * Does parts 0 to {@code parts − 1}, on this thread and on idle cores, and returns when all are done.
     *
     * @param part does one; tensors that it makes belong to the scope that it opens
     * @throws RuntimeException what a part threw; of several, that of the first part
     */
    public static void each(int parts, IntConsumer part) {
        if (parts == 1) {
            part.accept(0);
            return;
        }
        try {
            task(() -> {
                new Sharing(parts, part).run();
                return parts;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parts that threads take one after the other. */
    private static final class Sharing {
        private final int parts;
        private final IntConsumer part;
        private final AtomicInteger taken = new AtomicInteger();
        private final Throwable[] thrown;
        private final String device = Device.current();
        private final Scope.Count live = Scope.count();
        private final boolean gradients = Autograd.isOn();

        Sharing(int parts, IntConsumer part) {
            this.parts = parts;
            this.part = part;
            this.thrown = new Throwable[parts];
        }

        void run() {
            List<CompletableFuture<Void>> helpers = new ArrayList<>();
            while (helpers.size() < parts - 1 && takeIdle()) {
                helpers.add(CompletableFuture.runAsync(this::help, HELPERS));
            }
            work();
            helpers.forEach(CompletableFuture::join); // also when interrupted: parts use tensors of this thread
            for (Throwable each : thrown) {
                if (each instanceof Error error) {
                    throw error;
                }
                if (each instanceof RuntimeException exception) {
                    throw exception;
                }
            }
        }

        private static boolean takeIdle() {
            int busy = BUSY.get();
            while (busy < count) {
                if (BUSY.compareAndSet(busy, busy + 1)) {
                    return true;
                }
                busy = BUSY.get();
            }
            return false;
        }

        private void help() {
            try {
                Device.on(device, () -> {
                    live.during(gradients ? this::work : () -> Autograd.off(this::work));
                    return parts;
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                BUSY.decrementAndGet();
            }
        }

        private void work() {
            for (int i = taken.getAndIncrement(); i < parts; i = taken.getAndIncrement()) {
                try {
                    part.accept(i);
                } catch (RuntimeException | Error e) {
                    thrown[i] = e;
                }
            }
        }
    }
}
