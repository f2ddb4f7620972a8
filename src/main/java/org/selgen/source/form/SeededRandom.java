package org.selgen.source.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random choices from one seed; the same seed gives the same choices on every machine. */
public final class SeededRandom {
    private final SplittableRandom random;

    public SeededRandom(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Uniform in [low, high], both ends included. */
    public int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** True with probability {@code share}. */
    public boolean chance(double share) {
        return random.nextDouble() < share;
    }

    public <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** An index drawn in proportion to its weight. */
    public int weighted(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = random.nextDouble() * total;
        int last = weights.length - 1;
        for (int i = 0; i < last; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return last;
    }

    /** A number of different things; there must be that many different ones. */
    public <T> Set<T> distinct(int many, Supplier<T> maker) {
        Set<T> things = new LinkedHashSet<>();
        while (things.size() < many) {
            things.add(maker.get());
        }
        return things;
    }

    /** A copy in random order (Fisher and Yates). */
    public <T> List<T> shuffled(List<T> items) {
        List<T> copy = new ArrayList<>(items);
        for (int i = copy.size() - 1; i > 0; i--) {
            Collections.swap(copy, i, random.nextInt(i + 1));
        }
        return copy;
    }
}
