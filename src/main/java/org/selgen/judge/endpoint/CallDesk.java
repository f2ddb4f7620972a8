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

/**
 * The one gate of an application, held by its driver: calls of this process enter it, and those of others through their own.
 * Another process also has some permits ahead, for calls that each begin in the place of one of its own that ends: the place
 * is used at once, without the driver. Those are within the budget, but have no place. While others wait, a process gets no more
 * than its share of the places, and none ahead beyond it.
 */
public final class CallDesk implements CallGate {
    private static final String HERE = "";
    private static final int AHEAD = 8; // of a process: as many calls as end while it talks to the driver
    private static final long WAITING_NANOS = 3_000_000_000L; // some times as long as a process pauses

    private final ConcurrencyLimiter limiter;
    private final Budget budget;
    private final CallJournal journal;
    private final Map<Long, Held> held = new HashMap<>();
    private final Set<String> lost = new HashSet<>(); // how the names of processes that are gone begin
    private final Map<String, Long> waiting =
            new HashMap<>(); // processes that did not get all places; when they asked, ns
    private @Nullable String first; // who makes the first call
    private boolean met;
    private RequestParameters taken = RequestParameters.ALL;
    private long last;

    /** A call in flight, or one ahead, that has no place. */
    private record Held(String who, long entered, double reserve, boolean ahead) {}

    /** @param journal is told of each call that begins, and that ends without a reply or has what came of it kept */
    public CallDesk(Endpoint endpoint, VerdictJournal journal) {
        this.limiter = new ConcurrencyLimiter(endpoint.atOnce());
        this.budget = new Budget(endpoint);
        this.journal = new CallJournal(journal);
    }

    @Override
    public long enter(Call call) throws Spent, InterruptedException {
        long entered = limiter.enter();
        try {
            return admit(HERE, entered, call, false);
        } catch (Spent e) {
            limiter.leave();
            throw e;
        }
    }

    /** So many calls of a process got no permit. */
    synchronized void hear(String who, int calls) {
        if (calls > 0) {
            waiting.put(who, System.nanoTime());
        } else {
            waiting.remove(who);
        }
    }

    /** A permit for a call of another process; none while there is no place. */
    synchronized OptionalLong tryEnter(String who, Call call) throws Spent {
        if (!met && first != null && !first.equals(who)) {
            return OptionalLong.empty();
        }
        OptionalLong entered = count(who, false) < share(who) ? limiter.tryEnter() : OptionalLong.empty();
        if (entered.isEmpty()) {
            return entered;
        }
        try {
            long permit = admit(who, entered.getAsLong(), call, false);
            first = who;
            return OptionalLong.of(permit);
        } catch (Spent e) {
            limiter.leave();
            throw e;
        }
    }

    /** A permit ahead; none for a process that has enough of them, or no place, or more places than its share. */
    synchronized OptionalLong tryAhead(String who, Call call) throws Spent {
        OptionalLong entered = limiter.tryFollow();
        long places = count(who, false);
        if (!met || entered.isEmpty() || count(who, true) >= AHEAD || places == 0 || places > share(who)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(admit(who, entered.getAsLong(), call, true));
    }

    private long count(String who, boolean ahead) {
        return held.values().stream()
                .filter(call -> call.ahead() == ahead && call.who().equals(who))
                .count();
    }

    /** Of all places, where each that waits has as many; who has not asked for some time does not wait any more. */
    private double share(String who) {
        long now = System.nanoTime();
        waiting.values().removeIf(asked -> now - asked > WAITING_NANOS);
        int others = waiting.size() - (waiting.containsKey(who) ? 1 : 0);
        return Math.ceil(limiter.limit() / (others + 1));
    }

    private synchronized long admit(String who, long entered, Call call, boolean ahead) throws Spent {
        double reserve = budget.reserve(call.characters(), call.replyTokens(), call.again());
        journal.begun();
        held.put(++last, new Held(who, entered, reserve, ahead));
        return last;
    }

    /** A call that was ahead has begun, in the place of one whose end is told next. */
    synchronized void begin(long permit) {
        held.computeIfPresent(permit, (number, call) -> {
            limiter.follow();
            return new Held(call.who(), call.entered(), call.reserve(), false);
        });
    }

    /** Whether calls of a process that are ahead will begin in places that it has. */
    synchronized boolean keepsAhead(String who) {
        return count(who, false) > 0 && limiter.tryFollow().isPresent();
    }

    @Override
    public synchronized void leave(long permit, Ended ended) {
        Held call = held.remove(permit);
        if (call == null) {
            return; // of a process that was believed lost
        }
        if (ended.end() == End.GOOD) {
            journal.answered(permit, call.who(), call.who().equals(HERE));
        } else {
            journal.ended();
        }
        budget.settle(call.reserve());
        budget.used(ended.promptTokens(), ended.replyTokens());
        if (call.ahead()) {
            budget.unsent();
            return;
        }
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

    @Override
    public void kept() {
        journal.kept();
    }

    /** What came of a call of another process is kept. */
    void kept(long permit) {
        journal.kept(permit);
    }

    /**
     * Processes are gone, and will not be heard any more: their calls in flight may be paid for, and are counted; so may
     * those ahead, that took the place of one that had just ended, and those answered of which nothing was kept.
     *
     * @param prefix of their names
     */
    public synchronized void lose(String prefix) {
        lost.add(prefix);
        waiting.keySet().removeIf(who -> who.startsWith(prefix));
        if (!met && first != null && first.startsWith(prefix)) {
            first = null;
        }
        List<Long> gone = held.entrySet().stream()
                .filter(each -> each.getValue().who().startsWith(prefix))
                .map(Map.Entry::getKey)
                .toList();
        budget.lost(journal.lose(prefix));
        for (long permit : gone) {
            Held call = held.remove(permit);
            journal.ended();
            budget.settle(call.reserve());
            budget.lost(1);
            if (!call.ahead()) {
                limiter.leave();
            }
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
