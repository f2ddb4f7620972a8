package org.selgen.lm;

/**
 * A generated answer.
 *
 * @param text without template tokens, trimmed
 * @param finish {@code stop} where the model ended its turn, {@code length} where the answer was cut
 * @param tokens number of generated tokens, including the one that ended the turn
 */
public record Answer(String text, String finish, int tokens) {
    public static final String STOP = "stop";
    public static final String LENGTH = "length";
}
