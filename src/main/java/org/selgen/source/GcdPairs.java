package org.selgen.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.selgen.data.BadInput;
import org.selgen.data.RangeCheck;
import org.selgen.source.form.Euclid;
import org.selgen.source.form.SeededRandom;

/**
 * Pairs a > b of a range, with a gcd of at least 2 and at least two divisions in Euclid's algorithm. One pair in four,
 * chosen by its numbers alone, is for evaluation: so training and evaluation rows never share a pair, whatever their
 * ranges and seeds.
 *
 * @param source key of the dataset, for messages
 * @param pairs number of pairs
 * @param smallest smallest b
 * @param largest largest a
 */
record GcdPairs(String source, int pairs, int smallest, int largest) {
    private static final int TRIES_PER_PAIR = 1000;
    private static final int LARGEST_EVER = 1_000_000;

    GcdPairs {
        RangeCheck.atLeast(1, pairs, source + ".pairs");
        RangeCheck.atLeast(2, smallest, source + ".smallest");
        RangeCheck.within(smallest + 1.0, LARGEST_EVER, largest, source + ".largest");
    }

    List<Euclid> training(SeededRandom draw) {
        return choose(draw, false);
    }

    List<Euclid> evaluation(SeededRandom draw) {
        return choose(draw, true);
    }

    private List<Euclid> choose(SeededRandom draw, boolean heldOut) {
        Set<Euclid> seen = new HashSet<>();
        List<Euclid> chosen = new ArrayList<>();
        for (long tries = 0; chosen.size() < pairs; tries++) {
            if (tries == (long) TRIES_PER_PAIR * pairs) {
                throw new BadInput(source + ".pairs is " + pairs + " but only " + chosen.size()
                        + " were found between " + smallest + " and " + largest
                        + "; ask for fewer or widen the range");
            }
            Euclid pair = candidate(draw);
            if (fits(pair) && heldOut(pair) == heldOut && seen.add(pair)) {
                chosen.add(pair);
            }
        }
        return chosen;
    }

    // The gcd is drawn first: of two random numbers it would be 1 or 2 most of the time.
    private Euclid candidate(SeededRandom draw) {
        int factor = draw.between(2, Math.max(2, largest / 3));
        int low = Math.max(1, smallest / factor);
        int high = largest / factor;
        int b = draw.between(low, Math.max(low, high - 1));
        return new Euclid(factor * draw.between(b + 1, Math.max(b + 1, high)), factor * b);
    }

    private boolean fits(Euclid pair) {
        return pair.a() <= largest && pair.b() >= smallest && pair.a() % pair.b() != 0;
    }

    private static boolean heldOut(Euclid pair) {
        return new SeededRandom(pair.a() * (LARGEST_EVER + 1L) + pair.b()).chance(0.25);
    }
}
