package org.selgen.judge.endpoint;

import java.io.Serializable;
import org.selgen.judge.JudgeModel.Spent;

/**
 * Lets calls to an endpoint begin: within one limit of those at once and one budget, whoever makes them. It also knows what was
 * learnt of the endpoint.
 */
interface CallGate {
    /**
     * A call that is to be made.
     *
     * @param characters that it holds
     * @param replyTokens most that it may be answered with
     * @param again whether it was tried before
     */
    record Call(int characters, int replyTokens, boolean again) implements Serializable {}

    /** How a call ended. */
    enum End {
        GOOD,
        /** Refused by a busy service. */
        BUSY,
        FAILED,
        /** Refused for what it was; that says nothing of the service. */
        REFUSED,
        /** Not made at all. */
        UNSENT
    }

    /**
     * The end of a call.
     *
     * @param pauseMillis that a busy service asks for
     */
    record Ended(End end, long promptTokens, long replyTokens, long pauseMillis) implements Serializable {}

    /**
     * Waits until the call may begin.
     *
     * @return what to end it by
     * @throws Spent if there is no budget for it
     */
    long enter(Call call) throws Spent, InterruptedException;

    void leave(long permit, Ended ended);

    /** What came of the calls that this thread has left is kept, so that nobody makes them again. */
    void kept();

    /** Whether a call has told what the endpoint takes, so that more than one may be made at once. */
    boolean met();

    /** A call has told. */
    void meet();

    RequestParameters taken();

    void take(RequestParameters parameters);

    /** What calls have cost; of all processes. */
    Budget budget();
}
