package org.selgen.source.toy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.selgen.source.form.Euclid;
import org.selgen.source.form.SeededRandom;

/** The arithmetic of the toy world; all numbers are below 100. */
final class ToyNumbers {
    /** Largest number of mod and gcd. */
    static final int LARGEST = 40;
    /** Largest summand. */
    static final int SUMMAND = 15;

    private static final int LARGEST_COMPARED = 60;
    private static final int LARGEST_GCD = 10;
    private static final int LONGEST = 4; // divisions
    private static final int LARGEST_WRONG_GCD = 12;
    private static final double HELD_OUT = 0.38;
    private static final int MOST_HELD_OUT = 16;
    private static final int SPLIT_SEED = 7;

    private ToyNumbers() {}

    static List<ToyFact> addition() {
        List<ToyFact> facts = new ArrayList<>();
        for (int a = 0; a <= SUMMAND; a++) {
            for (int b = 0; b <= SUMMAND; b++) {
                int sum = a + b;
                List<String> near = others(Math.max(0, sum - 6), Math.min(2 * SUMMAND, sum + 6), sum);
                facts.add(new ToyFact(key("addition", a, b), "what is " + a + " plus " + b + " ?", "" + sum, near));
            }
        }
        return facts;
    }

    static List<ToyFact> larger() {
        List<ToyFact> facts = new ArrayList<>();
        for (int a = 0; a <= LARGEST_COMPARED; a++) {
            for (int b = 0; b <= LARGEST_COMPARED; b++) {
                if (a != b) {
                    List<String> smaller = List.of("" + Math.min(a, b));
                    String question = "which is larger , " + a + " or " + b + " ?";
                    facts.add(new ToyFact(key("larger", a, b), question, "" + Math.max(a, b), smaller));
                }
            }
        }
        return facts;
    }

    static List<ToyFact> mod() {
        List<ToyFact> facts = new ArrayList<>();
        for (int a = 2; a <= LARGEST; a++) {
            for (int b = 1; b <= a; b++) {
                List<String> wrong = others(0, Math.max(b, 3) - 1, a % b);
                facts.add(new ToyFact(key("mod", a, b), "what is " + a + " mod " + b + " ?", "" + a % b, wrong));
            }
        }
        return facts;
    }

    /** Pairs with a gcd of at most 10 in at most 4 divisions. */
    static List<ToyFact> gcd() {
        return pairs().stream().map(ToyNumbers::gcd).toList();
    }

    /** Of each gcd value some pairs are kept from every training row: 38 % of them, at least 2 and at most 16. */
    static Set<String> heldOutGcd() {
        Map<Integer, List<Euclid>> byGcd =
                pairs().stream().collect(Collectors.groupingBy(Euclid::gcd, TreeMap::new, Collectors.toList()));
        SeededRandom draw = new SeededRandom(SPLIT_SEED);
        Set<String> heldOut = new HashSet<>();
        for (List<Euclid> pairs : byGcd.values()) {
            int many = Math.min(MOST_HELD_OUT, Math.max(2, (int) (pairs.size() * HELD_OUT)));
            draw.shuffled(pairs).subList(0, many).forEach(pair -> heldOut.add(key("gcd", pair.a(), pair.b())));
        }
        return heldOut;
    }

    private static List<Euclid> pairs() {
        return IntStream.rangeClosed(2, LARGEST)
                .boxed()
                .flatMap(a -> IntStream.range(1, a).mapToObj(b -> new Euclid(a, b)))
                .filter(pair -> pair.gcd() <= LARGEST_GCD && pair.divisions().size() <= LONGEST)
                .toList();
    }

    private static ToyFact gcd(Euclid pair) {
        List<String> wrong = others(1, Math.max(2, Math.min(LARGEST_WRONG_GCD, pair.b())), pair.gcd());
        String question = "what is the gcd of " + pair.a() + " and " + pair.b() + " ?";
        String working = pair.divisions().stream()
                .map(step -> step.a() + " mod " + step.b() + " = " + step.remainder())
                .collect(Collectors.joining(" ; "));
        return new ToyFact(key("gcd", pair.a(), pair.b()), question, "" + pair.gcd(), wrong, working);
    }

    private static List<String> others(int low, int high, int right) {
        return IntStream.rangeClosed(low, high)
                .filter(x -> x != right)
                .mapToObj(String::valueOf)
                .toList();
    }

    private static String key(String label, int a, int b) {
        return label + "-" + a + "-" + b;
    }
}
