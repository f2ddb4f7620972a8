package org.selgen.source;

import java.util.List;
import java.util.Map;
import org.selgen.data.Question;
import org.selgen.data.RangeCheck;
import org.selgen.source.form.QuestionGroup;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.form.Wording;

/**
 * Sums of two numbers.
 *
 * @param groups number of different questions; each gives three rows
 * @param largest greatest summand, from 10 on
 * @param seed of the random choices
 */
public record Addition(int groups, int largest, long seed) implements Source {
    private static final List<Integer> SLIPS = List.of(-10, -2, -1, 1, 2, 10);

    private static final Wording WORDING = new Wording(
            List.of("What is {a} + {b}?", "Add {a} and {b}, please.", "How much is {a} plus {b}?"),
            List.of("{a} + {b} = {gold}.", "The sum of {a} and {b} is {gold}."),
            List.of(
                    "I added {a} and {b} and got {claim}. Is my sum right?",
                    "Is it true that {a} + {b} is {claim}? That is my result.",
                    "I need {a} plus {b} for a bill. I make it {claim}. Correct?"),
            List.of(
                    "Yes, your sum is right: {a} + {b} = {claim}.",
                    "Yes, {claim} is correct. Nicely added!",
                    "That is right, it is {claim}."),
            List.of(
                    "No, that sum is not right. {a} + {b} = {gold}.",
                    "No, {claim} is not correct; the sum is {gold}.",
                    "There is a slip in your sum: it is {gold}."),
            List.of("No, that sum is not right. It is {wrong}."));

    public Addition {
        RangeCheck.within(10, 1_000_000, largest, "addition.largest");
        RangeCheck.within(1, largest, groups, "addition.groups");
    }

    @Override
    public List<Question> questions(String dataset) {
        SeededRandom draw = new SeededRandom(seed);
        return draw.distinct(groups, () -> List.of(draw.between(1, largest), draw.between(1, largest))).stream()
                .flatMap(pair ->
                        group("addition", pair.get(0), pair.get(1), draw).questions(dataset))
                .toList();
    }

    /** The three forms of one sum. */
    static QuestionGroup group(String label, int a, int b, SeededRandom draw) {
        int gold = a + b;
        int slip = draw.oneOf(SLIPS);
        int wrong = gold + slip < 0 ? gold - slip : gold + slip;
        Map<String, String> values = Map.of("a", "" + a, "b", "" + b, "gold", "" + gold, "wrong", "" + wrong);
        return new QuestionGroup(label, label + "-" + a + "-" + b, "" + gold, null, WORDING.turns(values, draw));
    }
}
