package org.selgen.lm;

import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.selgen.data.BadInput;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * Results of a frozen reference model for rows, kept so that a row is not computed again by other steps, epochs,
 * methods or runs.
 *
 * <p>Each row goes through the model alone and without padding. So a result does not depend on the batch of its row,
 * and a row that is computed again gives the same bits. The memory bound is therefore safe: a result that does not fit
 * is not kept but computed each time. The first results are never evicted: with eviction, an epoch longer than the
 * cache would find none.
 *
 * <p>Bytes of a row with n answer tokens, w bytes a number, D hidden, L layers: {@code n·D·w} for the last state,
 * {@code n·L·D·w} for all, {@code 4·n} for log-probabilities; with m tokens of the chat template and the width K·E of keys,
 * {@code 2·m·L·K·E·w} for keys and values. Safe to share between threads.
 */
public final class ReferenceCache implements AutoCloseable {
    private static final String KEY = "selgen.referenceMegabytes";
    private static final int MEGABYTES = 1024;

    private final Map<OutputKey, List<Tensor>> kept = new HashMap<>();
    private final DType type;
    private Scope scope = Scope.detached();
    private long room;
    private long bytes;
    private long forwards;

    /** @param type of the model's states */
    ReferenceCache(long room, DType type) {
        this.room = room;
        this.type = type;
    }

    /**
     * An empty cache.
     *
     * @param type of the model's states
     */
    public static ReferenceCache open(DType type) {
        return new ReferenceCache(allowed(), type);
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

    /** The bound in force: the system property {@code selgen.referenceMegabytes} in MiB, or 1024. */
    static long allowed() {
        return allowed(System.getProperty(KEY, String.valueOf(MEGABYTES)));
    }

    /** Number of bytes of a bound in MiB. */
    static long allowed(String value) {
        if (!value.matches("\\d{1,9}")) {
            throw new BadInput(KEY + " is '" + value + "' but must be a whole number of at least 0; change it in"
                    + " spark.driver.extraJavaOptions or spark.executor.extraJavaOptions");
        }
        return Long.parseLong(value) << 20;
    }

    /** Number of rows that the model has computed. */
    public synchronized long forwards() {
        return forwards;
    }

    /** Number of bytes kept. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Frees all results, and from now on keeps at most so many bytes. No other thread may be using the cache. */
    public synchronized void limit(long atMost) {
        scope.close();
        scope = Scope.detached();
        kept.clear();
        bytes = 0;
        room = atMost;
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
            List<Tensor> before = kept.get(key);
            if (before != null) {
                return before;
            }
            forwards++;
        }
        List<Tensor> fresh = Autograd.off(() -> result(base.apply(row), kind));
        int width = kind == OutputKind.LOG_PROBS ? Math.max(DType.F32.bytes(), type.bytes()) : type.bytes();
        long size = width * fresh.stream().mapToLong(ReferenceCache::elements).sum();
        synchronized (this) {
            if (bytes + size <= room && !kept.containsKey(key)) {
                bytes += size;
                kept.put(key, scope.keep(fresh));
            }
        }
        return fresh;
    }

    private static long elements(Tensor tensor) {
        return LongStream.of(tensor.shape()).reduce(1, (x, y) -> x * y);
    }

    private static List<Tensor> result(Forward forward, OutputKind kind) {
        List<Tensor> layers = forward.hidden().subList(1, forward.hidden().size());
        return switch (kind) {
            case LAST -> List.of(forward.answers(layers.get(layers.size() - 1)));
            case ALL -> layers.stream().map(forward::answers).toList();
            case LOG_PROBS -> List.of(forward.answerLogProbs());
            case PREFIX -> forward.keysAndValues(Batch.TemplatePart.PREFIX);
            case SUFFIX -> forward.keysAndValues(Batch.TemplatePart.SUFFIX);
        };
    }

    @Override
    public synchronized void close() {
        limit(0);
    }
}
