package org.selgen.lm;

import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.MappedTensor;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.TensorSpill;

/**
 * Results of a frozen reference model for rows, kept so that a row is not computed again by other steps, epochs,
 * methods or runs.
 *
 * <p>Each row goes through the model alone and without padding. So a result does not depend on the batch of its row,
 * and a row that is computed again gives the same bits. Both bounds are therefore safe: a result that does not fit into
 * memory goes to a temporary file, in its own type, and one that does not fit there is computed each time. The first results are
 * never evicted: with eviction, an epoch longer than the cache would find none.
 *
 * <p>Bytes of a row with n answer tokens, w bytes a number, D hidden, L layers: {@code n·D·w} for the last state,
 * {@code n·L·D·w} for all, {@code 4·n} for log-probabilities; with m tokens of the chat template and the width K·E of keys,
 * {@code 2·m·L·K·E·w} for keys and values. Safe to share between threads.
 */
public final class ReferenceCache implements AutoCloseable {
    private final Map<OutputKey, Kept> kept = new HashMap<>();
    private final DType type;
    private Scope scope = Scope.detached();
    private Bounds bounds;
    private @Nullable TensorSpill spill; // opened when it is first needed
    private long bytes;
    private long forwards;

    /** @param type of the model's states */
    ReferenceCache(Bounds bounds, DType type) {
        this.bounds = bounds;
        this.type = type;
    }

    /**
     * How much may be kept, in bytes.
     *
     * @param memory at most in memory
     * @param disk at most in a temporary file
     */
    public record Bounds(long memory, long disk) {
        private static final String MEMORY = "selgen.referenceMegabytes";
        private static final String DISK = "selgen.referenceDiskMegabytes";
        static final Bounds NONE = new Bounds(0, 0);

        /** The system properties {@code selgen.referenceMegabytes}, or 1024, and {@code selgen.referenceDiskMegabytes}, or 16384. */
        static Bounds allowed() {
            return new Bounds(
                    bytes(MEMORY, System.getProperty(MEMORY, "1024")), bytes(DISK, System.getProperty(DISK, "16384")));
        }

        /** Number of bytes of a bound in MiB. */
        static long bytes(String key, String value) {
            if (!value.matches("\\d{1,9}")) {
                throw new BadInput(key + " is '" + value + "' but must be a whole number of at least 0; change it in"
                        + " spark.driver.extraJavaOptions or spark.executor.extraJavaOptions");
            }
            return Long.parseLong(value) << 20;
        }
    }

    /** What is kept of a row: in memory or in the temporary file. */
    private sealed interface Kept {
        List<Tensor> tensors();

        record InMemory(List<Tensor> tensors) implements Kept {}

        record OnDisk(List<SafetensorsEntry> places) implements Kept {
            @Override
            public List<Tensor> tensors() {
                return places.stream().map(MappedTensor::of).toList();
            }
        }
    }

    /**
     * An empty cache.
     *
     * @param type of the model's states
     */
    public static ReferenceCache open(DType type) {
        return new ReferenceCache(Bounds.allowed(), type);
    }

    /** Which result of a row. */
    enum OutputKind {
        LAST,
        ALL,
        LOG_PROBS,
        PREFIX,
        SUFFIX
    }

    private record OutputKey(
            OutputKind kind, LongBuffer ids, LongBuffer predicting, List<Sequence.Template> templates) {
        static OutputKey of(OutputKind kind, Batch row) {
            boolean template = kind == OutputKind.PREFIX || kind == OutputKind.SUFFIX;
            return new OutputKey(
                    kind,
                    LongBuffer.wrap(row.ids()),
                    LongBuffer.wrap(row.predicting()),
                    template ? row.templates() : List.of());
        }
    }

    /** Number of rows that the model has computed. */
    public synchronized long forwards() {
        return forwards;
    }

    /** Number of bytes kept in memory. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Frees all results, and from now on keeps at most so many bytes. No other thread may be using the cache. */
    public synchronized void limit(Bounds atMost) {
        scope.close();
        scope = Scope.detached();
        kept.clear();
        if (spill != null) {
            spill.close();
            spill = null;
        }
        bytes = 0;
        bounds = atMost;
    }

    /**
     * The result for a row, from the cache or computed.
     *
     * @param base the reference model's forward pass
     * @param row one row without padding
     */
    List<Tensor> of(Function<Batch, Forward> base, Batch row, OutputKind kind) {
        OutputKey key = OutputKey.of(kind, row);
        synchronized (this) {
            Kept before = kept.get(key);
            if (before != null) {
                return before.tensors();
            }
            forwards++;
        }
        List<Tensor> fresh = Autograd.off(() -> result(base.apply(row), kind));
        keep(key, fresh);
        return fresh;
    }

    private synchronized void keep(OutputKey key, List<Tensor> fresh) {
        if (kept.containsKey(key)) {
            return;
        }
        DType own = key.kind == OutputKind.LOG_PROBS && type == DType.BF16 ? DType.F32 : type;
        long size =
                own.bytes() * fresh.stream().mapToLong(ReferenceCache::elements).sum();
        if (bytes + size <= bounds.memory) {
            bytes += size;
            kept.put(key, new Kept.InMemory(scope.keep(fresh)));
        } else if (bounds.disk > 0) {
            spill = spill == null ? TensorSpill.open(bounds.disk) : spill;
            spill.keep(fresh, own).ifPresent(places -> kept.put(key, new Kept.OnDisk(places)));
        }
    }

    private static long elements(Tensor tensor) {
        return LongStream.of(tensor.shape()).reduce(1, (x, y) -> x * y);
    }

    private static List<Tensor> result(Forward forward, OutputKind kind) {
        return switch (kind) {
            case LAST -> List.of(forward.lastOfAnswers());
            case ALL -> forward.answers();
            case LOG_PROBS -> List.of(forward.answerLogProbs());
            case PREFIX -> forward.keysAndValues(Batch.TemplatePart.PREFIX);
            case SUFFIX -> forward.keysAndValues(Batch.TemplatePart.SUFFIX);
        };
    }

    @Override
    public synchronized void close() {
        limit(Bounds.NONE);
    }
}
