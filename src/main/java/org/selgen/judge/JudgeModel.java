package org.selgen.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selgen.judge.Rubric.Mode;

/** A model that grades. Safe to share between threads. */
public interface JudgeModel {
    /** What names it in the judgements table: the model and every setting that can change a reply. */
    String name();

    /** How many calls to make at once. */
    int atOnce();

    /**
     * Its reply to a prompt, at temperature 0.
     *
     * @throws Unanswered if there is none for this prompt
     * @throws Spent if a budget is spent
     * @throws org.selgen.data.BadInput if there will be none for any prompt, as when the key is refused
     */
    Completion complete(String prompt, Mode mode) throws Unanswered, Spent, InterruptedException;

    /** What came of its replies to this thread is kept: none of them is lost with this process. */
    default void kept() {}

    /** How many prompts it reads together. */
    default int batch() {
        return 1;
    }

    /**
     * Its replies to prompts, in their order, or why there is none to one; to the first ones alone where a budget has no room
     * for the rest.
     *
     * @throws Spent if it has room for none, as {@link #complete}
     */
    default List<Reply> completeAll(List<String> prompts, Mode mode) throws Spent, InterruptedException {
        List<Reply> replies = new ArrayList<>();
        for (String prompt : prompts) {
            try {
                replies.add(Reply.of(complete(prompt, mode)));
            } catch (Unanswered e) {
                replies.add(new Reply(null, e));
            }
        }
        return replies;
    }

    /** A reply, or why there is none. */
    record Reply(@Nullable Completion completion, @Nullable Unanswered unanswered) {
        public static Reply of(Completion completion) {
            return new Reply(completion, null);
        }

        public static Reply none(String why) {
            return new Reply(null, new Unanswered(why, ""));
        }

        /**
         * The reply.
         *
         * @throws Unanswered if there is none
         */
        public Completion get() throws Unanswered {
            if (completion == null) {
                throw Objects.requireNonNull(unanswered);
            }
            return completion;
        }
    }

    /** The budget is spent: no error of a row, but the end of the judging. */
    final class Spent extends Exception {
        public Spent() {
            super("the budget of calls or money is spent");
        }
    }

    /** Why a prompt got no reply. */
    final class Unanswered extends Exception {
        private final String reply;

        /** @param said what the service said, without secrets */
        public Unanswered(String message, String said) {
            super(message);
            this.reply = said;
        }

        public String reply() {
            return reply;
        }
    }
}
