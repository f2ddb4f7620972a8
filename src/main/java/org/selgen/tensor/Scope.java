package org.selgen.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns native memory. Every tensor belongs to one scope and is freed with it; each training step runs inside one scope.
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {
 *     Tensor loss = method.loss(lm, batch);    // belongs to `step`
 *     ...
 * }                                            // freed here
 * }</pre>
 *
 * <p>The innermost open scope of a thread is its current one; scopes nest. A {@linkplain #detached detached} scope
 * belongs to an object that lives longer, such as a model; tensors move into it with {@link #keep}.
 */
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);
    private static final ThreadLocal<Count> LIVE = ThreadLocal.withInitial(Count::new);

    private final List<Owned> arrays = new ArrayList<>();
    private boolean closed;

    private Scope() {}

    /** A new scope that is the thread's current one until it is closed. */
    public static Scope open() {
        Scope scope = new Scope();
        OPEN.get().push(scope);
        return scope;
    }

    /** A new scope that is never the current one. */
    public static Scope detached() {
        return new Scope();
    }

    /** The innermost open scope of this thread. */
    private static Scope current() {
        Scope scope = OPEN.get().peek();
        if (scope == null) {
            throw new IllegalStateException("No scope is open on this thread; wrap the work in Scope.open()");
        }
        return scope;
    }

    /**
     * Tensors that this thread, and those which do {@linkplain Cores#each parts} of its work, have made and not freed: what a
     * leak test counts, also beside other tests.
     */
    public static long liveTensors() {
        return LIVE.get().tensors.get();
    }

    /** This thread's count of tensors, for a thread that does part of its work. */
    static Count count() {
        return LIVE.get();
    }

    /** A number of tensors that live. */
    static final class Count {
        private final AtomicLong tensors = new AtomicLong();

        /** Does work whose tensors count here. */
        void during(Runnable work) {
            Count before = LIVE.get();
            LIVE.set(this);
            try {
                work.run();
            } finally {
                LIVE.set(before);
            }
        }
    }

    /** Moves a tensor into this scope, so that it lives as long as this scope does. */
    public <T extends Owned> T keep(T array) {
        Owned moved = array;
        moved.owner.remove(moved);
        moved.owner = this;
        add(moved);
        return array;
    }

    /** Moves each tensor into this scope. */
    public <T extends Owned> List<T> keep(List<T> arrays) {
        arrays.forEach(this::keep);
        return arrays;
    }

    private void add(Owned array) {
        synchronized (arrays) {
            if (closed) {
                throw new IllegalStateException("The scope is closed already");
            }
            arrays.add(array);
        }
        LIVE.get().tensors.incrementAndGet();
    }

    private void remove(Owned array) {
        synchronized (arrays) {
            int last = arrays.lastIndexOf(array);
            if (last >= 0) {
                arrays.remove(last);
                LIVE.get().tensors.decrementAndGet();
            }
        }
    }

    /** Frees every tensor that still belongs to this scope. */
    @Override
    public void close() {
        OPEN.get().remove(this);
        List<Owned> left;
        synchronized (arrays) {
            closed = true;
            left = new ArrayList<>(arrays);
            arrays.clear();
        }
        for (Owned array : left) {
            array.free();
            LIVE.get().tensors.decrementAndGet();
        }
    }

    /** The handle of a native array, which belongs to one scope at a time. */
    public abstract static class Owned {
        private long handle;
        private Scope owner;

        /** A native array that belongs to the thread's current scope. */
        Owned(long handle) {
            this.handle = handle;
            this.owner = current();
            owner.add(this);
        }

        final long handle() {
            if (handle == 0) {
                throw new IllegalStateException("The tensor was freed with its scope; keep it in a longer one");
            }
            return handle;
        }

        /** Gives the handle away: the caller frees it. */
        final long release() {
            long raw = handle();
            owner.remove(this);
            handle = 0;
            return raw;
        }

        private void free() {
            Native.deleteTensor(handle);
            handle = 0;
        }
    }
}
