package org.selgen.template.python;

/**
 * What one rendering may use. A template comes from strangers, so its work is counted: each evaluated expression and each
 * element is a step, and so are each {@value #CHARACTERS_A_STEP} characters that are made or searched. A template that
 * people use takes some thousands of steps for a conversation.
 */
public final class StepBudget {
    private static final int CHARACTERS_A_STEP = 16;
    private static final int MOST_STEPS = 2_000_000;
    private static final int STEPS_FOR_A_GIVEN_CHARACTER = 4;
    private static final int DEEPEST = 400;
    public static final int LONGEST = 16 << 20;

    private final long most;
    private long steps;
    private int depth;

    /** @param given characters of the conversation and the variables */
    public StepBudget(long given) {
        this.most = MOST_STEPS + STEPS_FOR_A_GIVEN_CHARACTER * given;
    }

    public void steps(long number) {
        steps += number;
        if (steps > most) {
            throw new Refused("it does more than " + most + " steps of work, which no chat needs");
        }
    }

    /** Counts a text that is made or searched; gives it back. */
    public String text(String made) {
        characters(made.length());
        return made;
    }

    /** Counts a text before it is made. */
    public void characters(long number) {
        if (number > LONGEST) {
            throw new Refused("it makes a text of " + number + " characters but at most " + LONGEST + " are allowed");
        }
        steps(1 + number / CHARACTERS_A_STEP);
    }

    public void enter() {
        steps(1);
        depth++;
        if (depth > DEEPEST) {
            throw new Refused("it nests more than " + DEEPEST + " expressions, calls and blocks in each other");
        }
    }

    public void leave() {
        depth--;
    }
}
