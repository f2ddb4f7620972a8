package org.selgen.judge.endpoint;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.endpoint.CallsAhead.Waiting;
import org.selgen.judge.endpoint.DeskMessages.Exchange;
import org.selgen.judge.endpoint.DeskMessages.Told;

/**
 * The gate of a process that calls for a driver: what its threads wait for and what they are done with goes to the driver's
 * {@link CallDesk} together, one exchange after the other, as long as there is something to say. Where a call ends and another
 * is permitted {@linkplain CallsAhead ahead}, that one begins in its place at once; the driver hears of both with the next
 * exchange. Once the service is busy, or the driver says so, permits ahead are given back.
 */
final class RemoteGate implements CallGate, AutoCloseable {
    private static final int FEWEST = 8; // calls that one exchange asks for, where so many wait
    private static final Ended UNSENT = new Ended(End.UNSENT, 0, 0, 0);
    private static final long LAST_WORDS_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 4;
    private static final long GATHER_MILLIS = 10; // while calls are ahead: no place waits for the driver
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final String who;
    private final Driver driver;
    private final Thread thread;
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private final CallsAhead ahead = new CallsAhead();
    private final UnkeptCalls unkept = new UnkeptCalls();
    private HashMap<Long, Ended> left = new HashMap<>();
    private @Nullable RequestParameters learnt;
    private RequestParameters taken = RequestParameters.ALL;
    private boolean met;
    private boolean meets;
    private boolean closed; // to calls; those in flight still end
    private boolean ending;
    private long last;

    /** How the driver is asked. */
    interface Driver {
        Object ask(Serializable message);
    }

    /** @param who this process is, as the driver calls it when it is lost */
    RemoteGate(String who, Driver driver) {
        this.who = who;
        this.driver = driver;
        heed((Told) driver.ask(next())); // what others have learnt
        this.thread = new Thread(this::talk, "endpoint calls");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public long enter(Call call) throws Spent, InterruptedException {
        CompletableFuture<Long> permit = new CompletableFuture<>();
        long number;
        synchronized (this) {
            if (closed) {
                throw new Spent();
            }
            number = ++last;
            waiting.put(number, new Waiting(call, permit));
            notifyAll();
        }
        try {
            return permit.get();
        } catch (InterruptedException e) {
            abandon(number, permit);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Spent) {
                throw new Spent();
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private synchronized void abandon(long number, CompletableFuture<Long> permit) {
        waiting.remove(number);
        ahead.remove(number).ifPresent(unused -> left.put(unused, UNSENT));
        if (permit.isDone() && !permit.isCompletedExceptionally()) {
            leave(permit.join(), UNSENT);
        }
        notifyAll();
    }

    @Override
    public synchronized void leave(long permit, Ended ended) {
        left.put(permit, ended);
        if (ended.end() == End.GOOD) {
            unkept.add(permit);
        }
        if (ended.end() == End.BUSY) {
            giveBack();
        } else {
            ahead.ended();
        }
        notifyAll();
    }

    @Override
    public synchronized void kept() {
        unkept.keep();
        notifyAll();
    }

    private void giveBack() {
        ahead.giveBack((number, call, permit) -> {
            waiting.put(number, call);
            left.put(permit, UNSENT);
        });
    }

    private void talk() {
        try {
            for (Exchange say = await(); say != null; say = await()) {
                pause(heed((Told) driver.ask(say)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** The next exchange, once there is something to say; none once all is said. */
    private synchronized @Nullable Exchange await() throws InterruptedException {
        while (waiting.isEmpty() && left.isEmpty() && unkept.nothingNew() && !meets && learnt == null) {
            if (ending) {
                return null;
            }
            wait();
        }
        return next();
    }

    /** It asks for twice as many calls as ended, and some: more would travel with each exchange, and places grow no faster. */
    private synchronized Exchange next() {
        HashMap<Long, Call> wanted = new HashMap<>();
        waiting.entrySet().stream()
                .limit(FEWEST + 2L * left.size())
                .forEach(each -> wanted.put(each.getKey(), each.getValue().call()));
        Exchange say = new Exchange(
                who, wanted, new HashSet<>(ahead.told()), left, new HashSet<>(unkept.told()), meets, learnt);
        left = new HashMap<>();
        meets = false;
        learnt = null;
        return say;
    }

    private synchronized Told heed(Told told) {
        met |= told.met();
        taken = learnt == null ? told.taken() : taken;
        told.granted().forEach((number, permit) -> {
            Waiting call = waiting.remove(number);
            if (call == null || !call.permit().complete(permit)) {
                leave(permit, UNSENT);
            }
        });
        told.ahead().forEach((number, permit) -> {
            Waiting call = waiting.remove(number);
            if (call == null) {
                left.put(permit, UNSENT);
            } else {
                ahead.add(number, call, permit);
            }
        });
        if (!told.keepsAhead()) {
            giveBack();
        }
        if (told.closed()) {
            closed = true;
            waiting.values().forEach(call -> call.permit().completeExceptionally(new Spent()));
            waiting.clear();
        }
        return told;
    }

    /** Waits a little where nothing was granted and nothing ends meanwhile, and while calls are ahead. */
    private synchronized void pause(Told told) throws InterruptedException {
        long pause = ahead.isEmpty()
                ? Math.min(LONGEST_PAUSE_MILLIS, Math.max(PAUSE_MILLIS, told.pauseMillis()))
                : GATHER_MILLIS;
        long until = System.nanoTime() + pause * 1_000_000;
        long nanos = told.granted().isEmpty() || !ahead.isEmpty() ? until - System.nanoTime() : 0;
        while (nanos > 0 && !ending && (!ahead.isEmpty() || (left.isEmpty() && !waiting.isEmpty()))) {
            wait(Math.max(1, nanos / 1_000_000));
            nanos = until - System.nanoTime();
        }
    }

    private synchronized void fail(RuntimeException why) {
        closed = true;
        giveBack();
        waiting.values().forEach(call -> call.permit().completeExceptionally(why));
        waiting.clear();
    }

    @Override
    public synchronized boolean met() {
        return met;
    }

    @Override
    public synchronized void meet() {
        meets |= !met;
        met = true;
        notifyAll();
    }

    @Override
    public synchronized RequestParameters taken() {
        return taken;
    }

    @Override
    public synchronized void take(RequestParameters parameters) {
        taken = parameters;
        learnt = parameters;
        notifyAll();
    }

    @Override
    public Budget budget() {
        throw new IllegalStateException("the budget is the driver's");
    }

    /** What ended is still said, before this returns. */
    @Override
    public void close() {
        synchronized (this) {
            unkept.keepAll();
            closed = true;
            ending = true;
            notifyAll();
        }
        try {
            thread.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
