package org.selgen.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns native memory. Every tensor belongs to one scope and is freed with it; a step of training runs inside one.
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {
 *     Tensor loss = method.loss(lm, batch);    // belongs to `step`
 *     ...
 * }                                            // freed here
 * }</pre>
 *
 * <p>An open scope is the current one of its thread and scopes nest. A {@linkplain #detached detached} scope belongs to
 * an object that lives longer, such as a model; tensors move into it with {@link #keep}.
 */
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);
    private static final AtomicLong LIVE = new AtomicLong();

    private final List<Tensor> tensors = new ArrayList<>();
    private boolean closed;

    private Scope() {}

    /** A new scope that is the thread's current one until it is closed. */
    public static Scope open() {
        Scope scope = new Scope();
        OPEN.get().push(scope);
        return scope;
    }

    /** A new scope that never is the current one. */
    public static Scope detached() {
        return new Scope();
    }

    /** The innermost open scope of this thread. */
    static Scope current() {
        Scope scope = OPEN.get().peek();
        if (scope == null) {
            throw new IllegalStateException("No scope is open on this thread; wrap the work in Scope.open()");
        }
        return scope;
    }

    /** Tensors that are alive in the whole process: what a leak test counts. */
    public static long liveTensors() {
        return LIVE.get();
    }

    /** Moves a tensor into this scope, so that it lives as long as this scope does. */
    public Tensor keep(Tensor tensor) {
        tensor.moveTo(this);
        return tensor;
    }

    /** Moves each tensor into this scope. */
    public List<Tensor> keep(List<Tensor> tensors) {
        tensors.forEach(this::keep);
        return tensors;
    }

    void add(Tensor tensor) {
        synchronized (tensors) {
            if (closed) {
                throw new IllegalStateException("The scope is closed already");
            }
            tensors.add(tensor);
        }
        LIVE.incrementAndGet();
    }

    void remove(Tensor tensor) {
        synchronized (tensors) {
            int last = tensors.lastIndexOf(tensor);
            if (last >= 0) {
                tensors.remove(last);
                LIVE.decrementAndGet();
            }
        }
    }

    /** Frees every tensor that still belongs to this scope. */
    @Override
    public void close() {
        OPEN.get().remove(this);
        List<Tensor> left;
        synchronized (tensors) {
            closed = true;
            left = new ArrayList<>(tensors);
            tensors.clear();
        }
        for (Tensor tensor : left) {
            tensor.free();
            LIVE.decrementAndGet();
        }
    }
}
