package org.selgen.judge.endpoint;

import java.util.Locale;
import org.selgen.data.JudgeCalls;
import org.selgen.judge.JudgeModel;

/** What calls have cost so far, and whether there may be one more. One for the whole verb, held by the driver. */
public final class Budget {
    /** A token has at least about this many characters in most languages: an estimate on the safe side. */
    private static final int CHARACTERS = 2;

    private final Endpoint endpoint;
    private long calls;
    private long retries;
    private long busy;
    private long lost;
    private long promptTokens;
    private long replyTokens;
    private double reserved;
    private boolean spent;

    Budget(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Counts one more call.
     *
     * @param characters that it holds
     * @param replyTokens most that it may be answered with
     * @return its reserve, which {@link #settle} gives back
     * @throws JudgeModel.Spent if it would go beyond the budget; from then on every call does
     */
    synchronized double reserve(int characters, int replyTokens, boolean again) throws JudgeModel.Spent {
        double reserve = endpoint.cost(characters / CHARACTERS, replyTokens);
        boolean over = (endpoint.maxCalls() > 0 && calls >= endpoint.maxCalls())
                || (endpoint.maxCost() > 0 && cost() + reserved + reserve > endpoint.maxCost());
        if (spent || over) {
            spent = true;
            throw new JudgeModel.Spent();
        }
        calls++;
        retries += again ? 1 : 0;
        reserved += reserve;
        return reserve;
    }

    synchronized void settle(double reserve) {
        reserved = Math.max(0, reserved - reserve);
    }

    synchronized void used(long prompt, long reply) {
        promptTokens += prompt;
        replyTokens += reply;
    }

    synchronized void busy() {
        busy++;
    }

    /** A call that was counted is not made. */
    synchronized void unsent() {
        calls--;
    }

    /** The process that made calls is gone before their end, or before what came of them was kept. */
    synchronized void lost(int more) {
        lost += more;
    }

    public synchronized double cost() {
        return endpoint.cost(promptTokens, replyTokens);
    }

    public synchronized long calls() {
        return calls;
    }

    /** The same with what calls have taken so far. */
    public synchronized JudgeCalls on(JudgeCalls judging) {
        return new JudgeCalls(
                judging.experiment(),
                judging.rubric(),
                judging.begun(),
                judging.seconds(),
                judging.verdicts(),
                calls,
                retries,
                promptTokens,
                replyTokens,
                endpoint.priced() ? (Double) cost() : null);
    }

    /** Whether a call was refused because the budget is spent. */
    public synchronized boolean spent() {
        return spent;
    }

    /**
     * As {@code calls=120 retries=3 busy=1 prompt-tokens=30211 reply-tokens=120 cost=0.0031}, and {@code lost=4} where executors
     * were lost with calls in flight.
     */
    @Override
    public synchronized String toString() {
        return String.format(
                Locale.ROOT,
                "calls=%d retries=%d busy=%d prompt-tokens=%d reply-tokens=%d cost=%.4f%s",
                calls,
                retries,
                busy,
                promptTokens,
                replyTokens,
                cost(),
                lost == 0 ? "" : " lost=" + lost);
    }
}
