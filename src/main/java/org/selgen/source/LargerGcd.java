package org.selgen.source;

import java.util.List;
import org.selgen.data.Question;
import org.selgen.source.form.SeededRandom;

/**
 * Greatest common divisors of larger numbers than those of the task: the same skill outside the range of training.
 *
 * @param pairs number of different pairs; each gives three rows
 * @param smallest smallest number of a pair
 * @param largest largest number of a pair
 * @param seed of the random choices
 */
public record LargerGcd(int pairs, int smallest, int largest, long seed) implements Source {

    public LargerGcd {
        new GcdPairs("larger-gcd", pairs, smallest, largest);
    }

    @Override
    public List<Question> questions(String dataset) {
        SeededRandom draw = new SeededRandom(seed);
        return new GcdPairs("larger-gcd", pairs, smallest, largest)
                .evaluation(draw).stream()
                        .flatMap(
                                pair -> GcdWording.item("gcd-large", pair, draw).questions(dataset))
                        .toList();
    }
}
