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

/**
 * The proxy of the toy experiments: capitals of 20 of the 40 countries. Of four rows, one is a question, one a right
 * proposal and two are wrong proposals. Every row has a rejected answer too, for methods that compare answers.
 *
 * @param rows number of rows
 * @param seed of the random choices
 */
public record ToyCapital(int rows, long seed) implements Source {
    private static final List<Variant> CYCLE = List.of(Variant.ASK, Variant.RIGHT, Variant.WRONG, Variant.WRONG);

    public ToyCapital {
        RangeCheck.atLeast(1, rows, "toy-capital.rows");
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        SeededRandom draw = new SeededRandom(seed);
        return IntStream.range(0, rows)
                .mapToObj(row -> {
                    ToyFact country = draw.oneOf(ToyDomain.CAPITAL.training());
                    QuestionForm turn = country.plain(CYCLE.get(row % CYCLE.size()), draw);
                    return turn.example(dataset, split, ToyDomain.CAPITAL.label(), country.group(), row);
                })
                .toList();
    }
}
