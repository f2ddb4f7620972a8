package org.selgen.lm;

/**
 * A generated answer.
 *
 * @param text without template tokens, trimmed
 * @param finish {@code stop} when the model ended its turn, {@code length} when it was cut
 * @param tokens number of tokens generated, the one that ended the turn included
 */
public record Answer(String text, String finish, int tokens) {
    public static final String STOP = "stop";
    public static final String LENGTH = "length";
}
