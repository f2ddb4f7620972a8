package org.selgen.judge.endpoint;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.judge.JudgeModel.Spent;

/** What a driver's {@link CallDesk} and the processes that call for it tell one another. None of it is logged. */
public final class DeskMessages {
    private final CallDesk desk;
    private final Endpoint endpoint;
    private final Channel channel;

    /** Who can read what travels. */
    public enum Channel {
        /** This machine, or those that have a secret. */
        PRIVATE,
        /** The network. */
        READABLE
    }

    /**
     * The desk's side.
     *
     * @param channel decides whether the key may be given to a process that lacks it
     */
    public DeskMessages(CallDesk desk, Endpoint endpoint, Channel channel) {
        this.desk = desk;
        this.endpoint = endpoint;
        this.channel = channel;
    }

    /**
     * What a process has to say.
     *
     * @param who it is
     * @param wanted calls that wait, by numbers of its own
     * @param begun permits ahead that took the place of one of those that ended
     * @param left calls that ended, by permit
     * @param kept permits of answered calls of which the driver has what came of them
     * @param met whether a call has told what the endpoint takes
     * @param learnt what the endpoint takes, where that is new
     */
    record Exchange(
            String who,
            HashMap<Long, CallGate.Call> wanted,
            HashSet<Long> begun,
            HashMap<Long, CallGate.Ended> left,
            HashSet<Long> kept,
            boolean met,
            @Nullable RequestParameters learnt)
            implements Serializable {}

    /**
     * What it is told.
     *
     * @param granted permits, by the numbers of the calls
     * @param ahead permits for calls that begin where others end
     * @param keepsAhead whether those that it has are still good
     * @param closed whether no call is to be begun any more
     * @param pauseMillis how long no call may begin
     */
    record Told(
            HashMap<Long, Long> granted,
            HashMap<Long, Long> ahead,
            boolean keepsAhead,
            boolean closed,
            boolean met,
            RequestParameters taken,
            long pauseMillis)
            implements Serializable {}

    private interface Entry {
        OptionalLong of(String who, CallGate.Call call) throws Spent;
    }

    /** Asks for the key. */
    record KeyWanted() implements Serializable {}

    /** The key, or why it is not given. */
    record KeyGiven(String key, String why) implements Serializable {
        @Override
        public String toString() {
            return "KeyGiven[(secret)]";
        }
    }

    /** Answers a message. */
    public Serializable answer(Serializable message) {
        return message instanceof Exchange exchange ? told(exchange) : key();
    }

    private Told told(Exchange exchange) {
        exchange.begun().forEach(desk::begin);
        exchange.left().forEach(desk::leave);
        exchange.kept().forEach(desk::kept);
        if (exchange.learnt() != null) {
            desk.take(exchange.learnt());
        }
        if (exchange.met()) {
            desk.meet();
        }
        HashMap<Long, Long> granted = new HashMap<>();
        HashMap<Long, Long> ahead = new HashMap<>();
        boolean closed = !desk.knows(exchange.who());
        if (!closed) {
            Deque<Long> waiting =
                    new ArrayDeque<>(new TreeSet<>(exchange.wanted().keySet()));
            try {
                let(waiting, exchange, desk::tryEnter, granted);
                let(waiting, exchange, desk::tryAhead, ahead);
                desk.hear(exchange.who(), waiting.size());
            } catch (Spent e) {
                closed = true;
            }
        }
        boolean keepsAhead = desk.keepsAhead(exchange.who());
        return new Told(granted, ahead, keepsAhead, closed, desk.met(), desk.taken(), desk.closedMillis());
    }

    /** Lets the first calls in, as long as there is a permit. */
    private static void let(Deque<Long> waiting, Exchange exchange, Entry entry, Map<Long, Long> into) throws Spent {
        while (!waiting.isEmpty()) {
            OptionalLong permit = entry.of(exchange.who(), exchange.wanted().get(waiting.peek()));
            if (permit.isEmpty()) {
                return;
            }
            into.put(waiting.poll(), permit.getAsLong());
        }
    }

    private KeyGiven key() {
        if (channel == Channel.READABLE) {
            return new KeyGiven(
                    "",
                    "; the driver does not send it, since others could read it: set it for the workers too, or set"
                            + " spark.authenticate and spark.network.crypto.enabled");
        }
        try {
            String header = endpoint.key().header();
            return new KeyGiven(header.substring(header.indexOf(' ') + 1), "");
        } catch (BadInput e) {
            return new KeyGiven("", "; the driver has it neither");
        }
    }
}
