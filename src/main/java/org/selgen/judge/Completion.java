package org.selgen.judge;

import java.io.Serializable;
import java.util.List;

/**
 * A judge's reply as it came; all that a score is worked out from.
 *
 * @param content its text
 * @param finish why it ended: {@code length} when it was cut
 * @param top the likeliest first tokens, the likeliest first; none where the judge gives no probabilities
 */
public record Completion(String content, String finish, List<TokenLogprob> top) implements Serializable {}
