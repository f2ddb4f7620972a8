package org.selgen.judge;

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
