package org.selgen.source;

import java.util.List;
import java.util.Map;
import org.selgen.data.Question;
import org.selgen.data.RangeCheck;
import org.selgen.source.form.Euclid.Division;
import org.selgen.source.form.QuestionGroup;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.form.Wording;

/**
 * Remainders of divisions.
 *
 * @param groups number of different questions; each gives three rows
 * @param largest largest dividend, at least 50; divisors are 3 to 20
 * @param seed of the random choices
 */
public record ModularArithmetic(int groups, int largest, long seed) implements Source {
    private static final int LEAST_MODULUS = 3;
    private static final int GREATEST_MODULUS = 20;

    private static final Wording WORDING = new Wording(
            List.of(
                    "What is {x} mod {m}?",
                    "What remainder does {x} leave when it is divided by {m}?",
                    "Reduce {x} modulo {m}, please."),
            List.of("{m} goes {times} times into {x} and leaves {gold}. The answer is {gold}."),
            List.of(
                    "I reduced {x} modulo {m} and got {claim}. Is that correct?",
                    "By my count {x} leaves the remainder {claim} when divided by {m}. Am I right?",
                    "{x} mod {m} should be {claim}, I think. Do you get the same?"),
            List.of(
                    "Yes, that is correct: {x} mod {m} is {claim}.",
                    "Yes, you are right. The remainder is {claim}.",
                    "Exactly, well done! I get {claim} too."),
            List.of(
                    "No, that is not correct. {m} goes {times} times into {x}, so the remainder is {gold}.",
                    "No, I get something else: {x} mod {m} is {gold}.",
                    "I am afraid that is wrong. The remainder is {gold}."),
            List.of("No, that is not correct. The remainder is {wrong}."));

    public ModularArithmetic {
        RangeCheck.within(50, 1_000_000, largest, "modular-arithmetic.largest");
        RangeCheck.within(1, largest, groups, "modular-arithmetic.groups");
    }

    @Override
    public List<Question> questions(String dataset) {
        SeededRandom draw = new SeededRandom(seed);
        return draw
                .distinct(
                        groups,
                        () -> new Division(
                                draw.between(GREATEST_MODULUS + 1, largest),
                                draw.between(LEAST_MODULUS, GREATEST_MODULUS)))
                .stream()
                .flatMap(division -> item(division, draw).questions(dataset))
                .toList();
    }

    private static QuestionGroup item(Division division, SeededRandom draw) {
        int x = division.a();
        int m = division.b();
        int gold = division.remainder();
        int wrong = (gold + draw.between(1, m - 1)) % m;
        Map<String, String> values = Map.of(
                "x", "" + x, "m", "" + m, "times", "" + division.quotient(), "gold", "" + gold, "wrong", "" + wrong);
        return new QuestionGroup("mod", "mod-" + x + "-" + m, "" + gold, m, WORDING.turns(values, draw));
    }
}
