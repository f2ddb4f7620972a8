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
 * What a frozen model has said of rows, kept so that it is not asked twice: by other steps, epochs, methods or runs.
 *
 * <p>Each row goes through the model alone and without padding. So what is kept does not depend on the batch a row comes
 * in, and a row that is asked anew gives the same bits. That makes the bound safe: what does not fit is not kept but
 * computed each time. The first rows stay; pushing them out would leave nothing to an epoch that is longer than the room.
 *
 * <p>Bytes of a row with n answer tokens, w bytes a number, D hidden, L layers: {@code n·D·w} for the last state,
 * {@code n·L·D·w} for all, {@code 4·n} for log-probabilities. Safe to share between threads.
 */
public final class ReferenceCache implements AutoCloseable {
    private static final String KEY = "selgen.referenceMegabytes";
    private static final int MEGABYTES = 1024;

    private final Map<Key, List<Tensor>> kept = new HashMap<>();
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
     * Of a model that has nothing kept yet.
     *
     * @param type of its states
     */
    public static ReferenceCache open(DType type) {
        return new ReferenceCache(allowed(), type);
    }

    /** What is asked of a row. */
    enum Kind {
        LAST,
        ALL,
        LOG_PROBS
    }

    private record Key(Kind kind, LongBuffer ids, LongBuffer predicting) {}

    /** The bound in force: the system property {@code selgen.referenceMegabytes} in MiB, or 1024. */
    static long allowed() {
        String value = System.getProperty(KEY, String.valueOf(MEGABYTES));
        if (!value.matches("\\d{1,9}")) {
            throw new BadInput(KEY + " is '" + value + "' but must be a whole number of at least 0; change it in"
                    + " spark.driver.extraJavaOptions or spark.executor.extraJavaOptions");
        }
        return Long.parseLong(value) << 20;
    }

    /** Rows the model was asked about. */
    public synchronized long forwards() {
        return forwards;
    }

    /** Bytes that are kept. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Frees what is kept, and from now on keeps at most so many bytes. No thread may be using it. */
    public synchronized void limit(long atMost) {
        scope.close();
        scope = Scope.detached();
        kept.clear();
        bytes = 0;
        room = atMost;
    }

    /**
     * The kept result of a row, or a computed one.
     *
     * @param base the reference model's forward pass
     * @param row one row without padding
     */
    List<Tensor> of(Function<Batch, Forward> base, Batch row, Kind kind) {
        Key key = new Key(kind, LongBuffer.wrap(row.ids()), LongBuffer.wrap(row.predicting()));
        synchronized (this) {
            List<Tensor> before = kept.get(key);
            if (before != null) {
                return before;
            }
            forwards++;
        }
        List<Tensor> fresh = Autograd.off(() -> asked(base.apply(row), kind));
        int width = kind == Kind.LOG_PROBS ? Math.max(DType.F32.bytes(), type.bytes()) : type.bytes();
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

    private static List<Tensor> asked(Forward said, Kind kind) {
        List<Tensor> layers = said.hidden().subList(1, said.hidden().size());
        return switch (kind) {
            case LAST -> List.of(said.answers(layers.get(layers.size() - 1)));
            case ALL -> layers.stream().map(said::answers).toList();
            case LOG_PROBS -> List.of(said.answerLogProbs());
        };
    }

    @Override
    public synchronized void close() {
        limit(0);
    }
}
