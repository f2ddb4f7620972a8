package org.selgen.judge;

import java.io.Serializable;
import java.util.List;

/**
 * A judge's reply as it came; all that a score is worked out from.
 *
 * @param content its text
 * @param finish why it ended: {@code length} when it was cut
 * @param top the likeliest first tokens, the likeliest first; none where the judge gives no probabilities
 * @param numbers how its tokens write numbers, where that was found out
 */
public record Completion(String content, String finish, List<TokenLogprob> top, NumberTokens numbers)
        implements Serializable {

    /** Whether its first tokens could be only the first digits of numbers, so that it must be found out what they are. */
    public boolean mayBeDigits() {
        return numbers == NumberTokens.UNKNOWN && LogprobScore.singleDigits(top);
    }

    /** The same where that is known. */
    public Completion with(NumberTokens known) {
        return new Completion(content, finish, top, known);
    }
}
