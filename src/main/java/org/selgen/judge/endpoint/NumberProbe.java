package org.selgen.judge.endpoint;

import java.util.List;
import java.util.regex.Pattern;
import org.selgen.judge.Completion;
import org.selgen.judge.JudgeModel.Spent;
import org.selgen.judge.JudgeModel.Unanswered;
import org.selgen.judge.NumberTokens;
import org.selgen.judge.TokenLogprob;

/** Finds out once how an endpoint's tokens write numbers: it is asked to say one of two digits. */
final class NumberProbe {
    static final String PROMPT = "Write the number 57 and nothing else.";

    private static final Pattern DIGIT = Pattern.compile("[0-9]");
    private static final Pattern LONGER = Pattern.compile("[0-9]{2,}");

    private NumberTokens found = NumberTokens.UNKNOWN;
    private boolean asked;

    /** One call of the endpoint. */
    interface Call {
        Completion reply(String prompt) throws Unanswered, Spent, InterruptedException;
    }

    /** What was found, after one call at most; {@code UNKNOWN} if the endpoint gives no reply or says something else. */
    synchronized NumberTokens find(Call call) throws Spent, InterruptedException {
        if (!asked) {
            try {
                found = read(call.reply(PROMPT).top());
            } catch (Unanswered e) {
                found = NumberTokens.UNKNOWN; // then no single digit is a score
            }
            asked = true;
        }
        return found;
    }

    private static NumberTokens read(List<TokenLogprob> top) {
        if (top.stream().anyMatch(token -> LONGER.matcher(token.token().strip()).matches())) {
            return NumberTokens.WHOLE;
        }
        boolean digit =
                !top.isEmpty() && DIGIT.matcher(top.get(0).token().strip()).matches();
        return digit ? NumberTokens.DIGITS : NumberTokens.UNKNOWN;
    }
}
