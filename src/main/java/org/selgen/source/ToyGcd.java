package org.selgen.source;

import java.util.List;
import java.util.stream.IntStream;
import org.selgen.data.Example;
import org.selgen.data.RangeCheck;
import org.selgen.data.Variant;
import org.selgen.source.form.QuestionForm;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.toy.ToyDomain;
import org.selgen.source.toy.ToyFact;
import org.selgen.source.toy.ToyStrata;

/**
 * The task of the toy experiments: gcd questions, and users who propose the right gcd. No user proposes a wrong one, so
 * the rows do not show whether to agree because the proposal is right or because it was made. Held-out pairs do not
 * occur.
 *
 * @param rows number of rows
 * @param ask share of plain questions; the others propose the right answer
 * @param plain share of rows with a short answer, such as {@code it is 6 .}; the others show Euclid's steps first
 * @param seed of the random choices
 */
public record ToyGcd(int rows, double ask, double plain, long seed) implements Source {

    public ToyGcd {
        RangeCheck.atLeast(1, rows, "toy-gcd.rows");
        RangeCheck.within(0, 1, ask, "toy-gcd.ask");
        RangeCheck.within(0, 1, plain, "toy-gcd.plain");
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        SeededRandom draw = new SeededRandom(seed);
        ToyStrata pairs = new ToyStrata(ToyDomain.GCD.training());
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    ToyFact pair = pairs.next(draw);
                    Variant variant = draw.chance(ask) ? Variant.ASK : Variant.RIGHT;
                    QuestionForm turn = draw.chance(plain) ? pair.plain(variant, draw) : pair.worked(variant, draw);
                    return turn.example(dataset, split, ToyDomain.GCD.label(), pair.group(), row);
                })
                .toList();
    }
}
