package org.selgen.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.data.Question;
import org.selgen.data.RangeCheck;
import org.selgen.source.form.Euclid;
import org.selgen.source.form.QuestionGroup;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.form.Wording;

/**
 * Greatest common divisors of two numbers given as expressions or number words, which must be computed first.
 *
 * @param groups number of different questions; each gives three rows
 * @param seed of the random choices
 */
public record CompositionalGcd(int groups, long seed) implements Source {
    private static final String LABEL = "gcd-compositional";
    private static final String WORKING = "The two numbers are {left} = {a} and {right} = {b}.\n{working}\n";

    private static final Wording WORDING = new Wording(
            List.of(
                    "What is the greatest common divisor of {left} and {right}?",
                    "Work out both values first, then their gcd: {left} and {right}.",
                    "Find the GCD of the numbers {left} and {right} with Euclid's algorithm."),
            List.of(WORKING + "So the greatest common divisor is {gold}."),
            List.of(
                    "I looked for the gcd of {left} and {right} and found {claim}. Is this right?",
                    "My answer for the greatest common divisor of {left} and {right} is {claim}. Can you confirm it?",
                    "I think {claim} is the largest number dividing both {left} and {right}. Do you agree?"),
            List.of(
                    "Yes, that is right: the gcd is {claim}. Good work with both numbers!",
                    "Yes, I can confirm it. The greatest common divisor is {claim}."),
            List.of(
                    "No, that is not right. " + WORKING + "So the gcd is {gold}.",
                    "I cannot confirm {claim}. " + WORKING + "So the greatest common divisor is {gold}."),
            List.of("No, that is not right. The gcd is {wrong}."));

    public CompositionalGcd {
        RangeCheck.within(1, 500, groups, "compositional-gcd.groups");
    }

    @Override
    public List<Question> questions(String dataset) {
        SeededRandom draw = new SeededRandom(seed);
        Map<Euclid, QuestionGroup> items = new LinkedHashMap<>();
        while (items.size() < groups) {
            Expression left = Expression.random(draw);
            Expression right = Expression.random(draw);
            if (left.value() != right.value()) {
                items.putIfAbsent(pair(left, right), item(left, right, draw));
            }
        }
        return items.values().stream().flatMap(item -> item.questions(dataset)).toList();
    }

    private static Euclid pair(Expression left, Expression right) {
        return new Euclid(Math.max(left.value(), right.value()), Math.min(left.value(), right.value()));
    }

    private static QuestionGroup item(Expression left, Expression right, SeededRandom draw) {
        Euclid pair = pair(left, right);
        Map<String, String> values = Map.of(
                "left", left.text(),
                "right", right.text(),
                "a", "" + left.value(),
                "b", "" + right.value(),
                "gold", "" + pair.gcd(),
                "wrong", "" + GcdWording.mistake(pair, draw),
                "working", GcdWording.working(pair));
        String group = LABEL + "-" + pair.a() + "-" + pair.b();
        return new QuestionGroup(LABEL, group, "" + pair.gcd(), null, WORDING.turns(values, draw));
    }
}
