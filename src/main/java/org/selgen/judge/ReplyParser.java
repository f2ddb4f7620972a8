package org.selgen.judge;

import java.util.Locale;
import java.util.OptionalDouble;
import org.selgen.judge.Rubric.Mode;

/**
 * What a judge's reply means: {@code scored} with its number; one of the rubric's words in small letters, as
 * {@code refusal} or {@code code}; or {@code unreadable}. Only the first has a score.
 */
final class ReplyParser {
    static final String SCORED = "scored";
    static final String UNREADABLE = "unreadable";
    static final String ERROR = "error";

    private static final String DIGITS = "the first token is a single digit, as of a judge that writes 85 as 8 and 5,"
            + " so it is no score; set the rubric's mode to text";

    private ReplyParser() {}

    /** @param reply what to keep of it */
    static Verdict of(Rubric rubric, Completion completion, String reply) {
        return rubric.mode() == Mode.LOGPROB ? byLogprob(rubric, completion, reply) : byText(rubric, completion, reply);
    }

    private static Verdict byLogprob(Rubric rubric, Completion completion, String reply) {
        double mass = completion.top().stream()
                .filter(token -> LogprobScore.number(token.token()).isPresent())
                .mapToDouble(TokenLogprob::probability)
                .sum();
        String reason = String.format(Locale.ROOT, "%.3f of the probability is on numbers from 0 to 100", mass);
        if (completion.numbers() != NumberTokens.WHOLE && LogprobScore.singleDigits(completion.top())) {
            return new Verdict(UNREADABLE, null, DIGITS, reply);
        }
        OptionalDouble score = LogprobScore.of(completion.top());
        if (score.isPresent()) {
            return new Verdict(SCORED, score.getAsDouble(), reason, reply);
        }
        String word = LogprobScore.word(completion.top(), rubric.words());
        return new Verdict(word.isEmpty() ? UNREADABLE : word.toLowerCase(Locale.ROOT), null, reason, reply);
    }

    private static Verdict byText(Rubric rubric, Completion completion, String reply) {
        if (completion.finish().equals("length")) {
            return new Verdict(UNREADABLE, null, "the reply was cut", reply);
        }
        TextScore said = TextScore.of(completion.content(), rubric.words());
        if (said.number().isPresent()) {
            return new Verdict(SCORED, said.number().get().doubleValue(), said.reason(), reply);
        }
        String verdict = said.word().map(word -> word.toLowerCase(Locale.ROOT)).orElse(UNREADABLE);
        return new Verdict(verdict, null, said.reason(), reply);
    }
}
