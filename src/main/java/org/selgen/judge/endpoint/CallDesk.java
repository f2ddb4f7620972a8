package org.selgen.judge.endpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.VerdictJournal;

/** The one gate of an application, held by its driver: calls of this process enter it, and those of others through their own. */
public final class CallDesk implements CallGate {
    private static final String HERE = "";

    private final ConcurrencyLimiter limiter;
    private final Budget budget;
    private final VerdictJournal journal;
    private final Map<Long, Held> held = new HashMap<>();
    private final Set<String> lost = new HashSet<>(); // how the names of processes that are gone begin
    private @Nullable String first; // who makes the first call
    private boolean met;
    private RequestParameters taken = RequestParameters.ALL;
    private long last;

    /** A call in flight. */
    private record Held(String who, long entered, double reserve) {}

    /** @param journal is told of each call that begins and ends */
    public CallDesk(Endpoint endpoint, VerdictJournal journal) {
        this.limiter = new ConcurrencyLimiter(endpoint.atOnce());
        this.budget = new Budget(endpoint);
        this.journal = journal;
    }

    @Override
    public long enter(Call call) throws Spent, InterruptedException {
        return admit(HERE, limiter.enter(), call);
    }

    /** A permit for a call of another process; none while there is no place. */
    synchronized OptionalLong tryEnter(String who, Call call) throws Spent {
        if (!met && first != null && !first.equals(who)) {
            return OptionalLong.empty();
        }
        OptionalLong entered = limiter.tryEnter();
        if (entered.isEmpty()) {
            return entered;
        }
        long permit = admit(who, entered.getAsLong(), call);
        first = who;
        return OptionalLong.of(permit);
    }

    private synchronized long admit(String who, long entered, Call call) throws Spent {
        try {
            double reserve = budget.reserve(call.characters(), call.replyTokens(), call.again());
            journal.begun();
            held.put(++last, new Held(who, entered, reserve));
            return last;
        } catch (Spent e) {
            limiter.leave();
            throw e;
        }
    }

    @Override
    public synchronized void leave(long permit, Ended ended) {
        Held call = held.remove(permit);
        if (call == null) {
            return; // of a process that was believed lost
        }
        journal.ended();
        budget.settle(call.reserve());
        budget.used(ended.promptTokens(), ended.replyTokens());
        switch (ended.end()) {
            case GOOD -> limiter.good();
            case BUSY -> {
                budget.busy();
                limiter.busy(call.entered(), Duration.ofMillis(ended.pauseMillis()));
            }
            case FAILED -> limiter.failed();
            case REFUSED -> limiter.leave();
            case UNSENT -> {
                budget.unsent();
                limiter.leave();
            }
        }
    }

    /**
     * Processes are gone, and will not be heard any more: their calls in flight may be paid for, and are counted.
     *
     * @param prefix of their names
     */
    public synchronized void lose(String prefix) {
        lost.add(prefix);
        if (!met && first != null && first.startsWith(prefix)) {
            first = null;
        }
        List<Long> gone = held.entrySet().stream()
                .filter(each -> each.getValue().who().startsWith(prefix))
                .map(Map.Entry::getKey)
                .toList();
        for (long permit : gone) {
            Held call = held.remove(permit);
            journal.ended();
            budget.settle(call.reserve());
            budget.lost();
            limiter.leave();
        }
    }

    synchronized boolean knows(String who) {
        return lost.stream().noneMatch(who::startsWith);
    }

    /** How long no call may begin because the service asks for it, milliseconds. */
    long closedMillis() {
        return limiter.closedMillis();
    }

    @Override
    public synchronized boolean met() {
        return met;
    }

    @Override
    public synchronized void meet() {
        met = true;
    }

    @Override
    public synchronized RequestParameters taken() {
        return taken;
    }

    @Override
    public synchronized void take(RequestParameters parameters) {
        taken = parameters;
    }

    /** What the endpoint refused of the requests, as {@code no temperature}; empty if nothing. */
    public String refused() {
        return taken().toString();
    }

    @Override
    public Budget budget() {
        return budget;
    }
}
