package org.selgen.judge.endpoint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
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
     * @param left calls that ended, by permit
     * @param met whether a call has told what the endpoint takes
     * @param learnt what the endpoint takes, where that is new
     */
    record Exchange(
            String who,
            HashMap<Long, CallGate.Call> wanted,
            HashMap<Long, CallGate.Ended> left,
            boolean met,
            @Nullable RequestParameters learnt)
            implements Serializable {}

    /**
     * What it is told.
     *
     * @param granted permits, by the numbers of the calls
     * @param closed whether no call is to be begun any more
     * @param pauseMillis how long no call may begin
     */
    record Told(HashMap<Long, Long> granted, boolean closed, boolean met, RequestParameters taken, long pauseMillis)
            implements Serializable {}

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
        exchange.left().forEach(desk::leave);
        if (exchange.learnt() != null) {
            desk.take(exchange.learnt());
        }
        if (exchange.met()) {
            desk.meet();
        }
        HashMap<Long, Long> granted = new HashMap<>();
        boolean closed = !desk.knows(exchange.who());
        try {
            List<Long> first = new ArrayList<>(exchange.wanted().keySet());
            first.sort(Long::compare);
            for (long number : closed ? List.<Long>of() : first) {
                OptionalLong permit =
                        desk.tryEnter(exchange.who(), exchange.wanted().get(number));
                if (permit.isEmpty()) {
                    break;
                }
                granted.put(number, permit.getAsLong());
            }
        } catch (Spent e) {
            closed = true;
        }
        return new Told(granted, closed, desk.met(), desk.taken(), desk.closedMillis());
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
