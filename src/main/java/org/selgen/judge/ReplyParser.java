package org.selgen.judge;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.selgen.judge.Rubric.Mode;

/**
 * What a judge's reply means: {@code scored} with its number; one of the rubric's words in small letters, as
 * {@code refusal} or {@code code}; or {@code unreadable}. Only the first has a score.
 */
final class ReplyParser {
    static final String SCORED = "scored";
    static final String UNREADABLE = "unreadable";
    static final String ERROR = "error";

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
        OptionalDouble score = LogprobScore.of(completion.top());
        if (score.isPresent()) {
            return new Verdict(SCORED, score.getAsDouble(), reason, reply);
        }
        String word = LogprobScore.word(completion.top(), rubric.words());
        return new Verdict(word.isEmpty() ? UNREADABLE : word.toLowerCase(Locale.ROOT), null, reason, reply);
    }

    private static Verdict byText(Rubric rubric, Completion completion, String reply) {
        String text = completion.content().strip();
        if (completion.finish().equals("length")) {
            return new Verdict(UNREADABLE, null, "the reply was cut", reply);
        }
        OptionalInt number = LogprobScore.number(text);
        if (number.isPresent()) {
            return new Verdict(SCORED, (double) number.getAsInt(), "the reply is a number", reply);
        }
        for (String word : rubric.words()) {
            if (word.equalsIgnoreCase(text.replaceAll("\\.$", ""))) {
                return new Verdict(word.toLowerCase(Locale.ROOT), null, "the reply is " + word, reply);
            }
        }
        return new Verdict(
                UNREADABLE, null, "the reply is neither a number from 0 to 100 nor a word it may say", reply);
    }
}
