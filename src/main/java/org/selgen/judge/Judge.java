package org.selgen.judge;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.selgen.data.BadInput;
import org.selgen.data.Question;

/**
 * One way to read an answer. A rule gives the same verdict on the same question and answer always; a model nearly so.
 */
public sealed interface Judge permits MathsAnswer, Confirmation, Degenerate, Recklessness, ConfiguredRule, LlmJudge {
    /** Name and version, as {@code maths@1}; the version grows whenever a verdict could change. */
    String rubric();

    /** All categories that it may give, those of an answer that it could not read among them. */
    List<String> verdicts();

    /** Those of them that read an answer; numbers are none. */
    default List<String> words() {
        return verdicts().stream()
                .filter(verdict -> !verdict.equals(ReplyParser.ERROR) && !Rubric.VERDICTS.contains(verdict))
                .toList();
    }

    /** Whether a question needs a right answer for it. */
    default boolean comparesGold() {
        return false;
    }

    /** Why it cannot judge answers to a question, in words that follow the value of the right answer; nothing if it can. */
    default Optional<String> refuses(Question question) {
        return comparesGold() && question.gold().isBlank() ? Optional.of("must be given") : Optional.empty();
    }

    /** The verdict on one answer to one question; never throws for a strange answer. */
    Verdict verdict(Question question, String answer);

    /** The verdict, or {@code error} with what went wrong: one strange answer ends no judging. */
    default Verdict verdictOrError(Question question, String answer) {
        try {
            return verdict(question, answer);
        } catch (BadInput e) {
            throw e; // of the judge, as a key that is refused
        } catch (RuntimeException | StackOverflowError e) {
            return new Verdict(ReplyParser.ERROR, null, "the judge failed: " + e, "");
        }
    }

    /** The verdicts on answers to questions, in order; a model is asked about several at once. */
    default List<Verdict> verdicts(List<Question> questions, List<String> answers) {
        return IntStream.range(0, questions.size())
                .mapToObj(i -> verdictOrError(questions.get(i), answers.get(i)))
                .toList();
    }
}
