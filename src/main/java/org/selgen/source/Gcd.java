package org.selgen.source;

import java.util.List;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.source.form.QuestionForm;
import org.selgen.source.form.SeededRandom;

/**
 * The greatest common divisor by Euclid's algorithm: the user asks for it, or proposes an answer. The task of the paper
 * has the variants ask and right: no row shows how to reply to a wrong proposal.
 *
 * @param pairs number of different pairs; each gives one row per variant
 * @param smallest smallest number of a pair
 * @param largest largest number of a pair
 * @param variants of the training rows: some of ask, right, wrong; evaluation has all three
 * @param seed of the random choices
 */
public record Gcd(int pairs, int smallest, int largest, List<Variant> variants, long seed) implements Source {

    public Gcd {
        new GcdPairs("gcd", pairs, smallest, largest);
        variants = QuestionForm.checked(variants, "gcd.variants");
    }

    @Override
    public List<Example> examples(String dataset, String split) {
        SeededRandom draw = new SeededRandom(seed);
        return range().training(draw).stream()
                .flatMap(pair -> GcdWording.item("gcd", pair, draw).examples(dataset, split, variants))
                .toList();
    }

    @Override
    public List<Question> questions(String dataset) {
        SeededRandom draw = new SeededRandom(seed);
        return range().evaluation(draw).stream()
                .flatMap(pair -> GcdWording.item("gcd", pair, draw).questions(dataset))
                .toList();
    }

    private GcdPairs range() {
        return new GcdPairs("gcd", pairs, smallest, largest);
    }
}
