package org.selgen.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.data.RangeCheck;
import org.selgen.data.Variant;
import org.selgen.source.form.QuestionForm;
import org.selgen.source.form.SeededRandom;

/**
 * A task within a small language model's reach, in the form of the paper's gcd task: sums of two numbers, asked or
 * proposed, answered in one short sentence. With the variants ask and right no row shows how to reply to a wrong
 * proposal. One pair of numbers in four, chosen by its numbers alone, is for evaluation, so training and evaluation
 * never share one, whatever their ranges and seeds.
 *
 * @param pairs number of different pairs for training; each gives one row per variant
 * @param groups number of different pairs for evaluation; each gives three rows
 * @param smallest smallest summand
 * @param largest largest summand
 * @param variants of the training rows: some of ask, right, wrong
 * @param seed of the random choices
 */
public record Sums(int pairs, int groups, int smallest, int largest, List<Variant> variants, long seed)
        implements Source {
    private static final int TRIES_PER_PAIR = 1000;
    private static final int LARGEST_EVER = 1_000_000;

    private record Pair(int a, int b) {
        boolean heldOut() {
            return new SeededRandom(a * (LARGEST_EVER + 1L) + b).chance(0.25);
        }
    }

    public Sums {
        RangeCheck.atLeast(1, pairs, "sums.pairs");
        RangeCheck.atLeast(1, groups, "sums.groups");
        RangeCheck.atLeast(1, smallest, "sums.smallest");
        RangeCheck.within(smallest + 1.0, LARGEST_EVER, largest, "sums.largest");
        variants = QuestionForm.checked(variants, "sums.variants");
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        SeededRandom draw = new SeededRandom(seed);
        return choose(draw, false, pairs, "sums.pairs").stream()
                .flatMap(
                        pair -> Addition.group("sums", pair.a(), pair.b(), draw).examples(dataset, split, variants))
                .toList();
    }

    @Override
    public List<Question> questions(String dataset) {
        SeededRandom draw = new SeededRandom(seed);
        return choose(draw, true, groups, "sums.groups").stream()
                .flatMap(
                        pair -> Addition.group("sums", pair.a(), pair.b(), draw).questions(dataset))
                .toList();
    }

    private List<Pair> choose(SeededRandom draw, boolean heldOut, int many, String key) {
        Set<Pair> seen = new HashSet<>();
        List<Pair> chosen = new ArrayList<>();
        for (long tries = 0; chosen.size() < many; tries++) {
            if (tries == (long) TRIES_PER_PAIR * many) {
                throw new BadInput(key + " is " + many + " but only " + chosen.size() + " were found between "
                        + smallest + " and " + largest + "; ask for fewer or widen the range");
            }
            Pair pair = new Pair(draw.between(smallest, largest), draw.between(smallest, largest));
            if (pair.heldOut() == heldOut && seen.add(pair)) {
                chosen.add(pair);
            }
        }
        return chosen;
    }
}
