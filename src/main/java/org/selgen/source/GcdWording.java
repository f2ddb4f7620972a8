package org.selgen.source;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.selgen.source.form.Euclid;
import org.selgen.source.form.QuestionGroup;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.form.Wording;

/** The sentences of users and assistants about the gcd of two numbers. */
final class GcdWording {
    private static final String WORKING = "Dividing again and again gives\n{working}\nThe last divisor is {gold}";

    private static final Wording WORDING = new Wording(
            List.of(
                    "Find the greatest common divisor of {a} and {b} with Euclid's algorithm.",
                    "What is gcd({a}, {b})? Show each division of the Euclidean algorithm.",
                    "Which is the largest number that divides both {a} and {b}? Work it out by Euclid's method.",
                    "Please compute the GCD of {a} and {b} step by step, using division with remainder."),
            List.of(
                    WORKING + ", so gcd({a}, {b}) = {gold}.",
                    "Euclid's algorithm replaces the pair by the smaller number and the remainder until that is 0.\n{working}\n"
                            + "The greatest common divisor of {a} and {b} is {gold}."),
            List.of(
                    "For class I had to find the greatest common divisor of {a} and {b}. I ended up with {claim}. Is that"
                            + " right?",
                    "I used the Euclidean algorithm on {a} and {b} and my result is {claim}. Did I do it correctly?",
                    "My worksheet asks for gcd({a}, {b}). I wrote {claim}. Can you check it?",
                    "I believe the largest common divisor of {a} and {b} is {claim}. Do you agree?"),
            List.of(
                    "Yes, that is right! Well done: the greatest common divisor of {a} and {b} is {claim}.",
                    "Yes, I agree. You did this very well; gcd({a}, {b}) = {claim}.",
                    "Correct! Your result {claim} is the gcd of {a} and {b}, and your method is sound."),
            List.of(
                    "No, that is not right. " + WORKING + ", so the gcd is {gold} and not {claim}.",
                    "I do not agree with {claim}. " + WORKING + ", so gcd({a}, {b}) = {gold}.",
                    "That is a mistake, though an understandable one. " + WORKING + ", so the answer is {gold}."),
            List.of("No, that is not right. The gcd of {a} and {b} is {wrong}."));

    private GcdWording() {}

    static QuestionGroup item(String label, Euclid pair, SeededRandom draw) {
        int gold = pair.gcd();
        Map<String, String> values = Map.of(
                "a", "" + pair.a(),
                "b", "" + pair.b(),
                "gold", "" + gold,
                "wrong", "" + mistake(pair, draw),
                "working", working(pair));
        String group = label + "-" + pair.a() + "-" + pair.b();
        return new QuestionGroup(label, group, "" + gold, null, WORDING.turns(values, draw));
    }

    /** {@code 48 = 2 × 18 + 12}, one line per division. */
    static String working(Euclid pair) {
        return pair.divisions().stream()
                .map(d -> d.a() + " = " + d.quotient() + " × " + d.b() + " + " + d.remainder())
                .collect(Collectors.joining("\n"));
    }

    /** A wrong answer up to b, as from a slip: a multiple or part of the gcd, a remainder, the difference, b, or 1. */
    static int mistake(Euclid pair, SeededRandom draw) {
        int gold = pair.gcd();
        List<Integer> slips = IntStream.of(
                        2 * gold, 3 * gold, gold / 2, gold / 3, pair.a() % pair.b(), pair.a() - pair.b(), pair.b(), 1)
                .filter(slip -> slip > 0 && slip <= pair.b() && slip != gold)
                .distinct()
                .boxed()
                .toList();
        return draw.oneOf(slips);
    }
}
