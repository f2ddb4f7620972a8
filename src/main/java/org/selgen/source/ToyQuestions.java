package org.selgen.source;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.data.Question;

/**
 * Questions of the toy world, each asked, rightly proposed and wrongly proposed. Capitals and gcd are those that no
 * training row holds.
 *
 * @param labels some of capital, kind, young, opposite, colour, after, addition, larger, mod, gcd
 * @param groups different questions per label; each gives three rows
 * @param seed of the choice
 */
public record ToyQuestions(List<String> labels, int groups, long seed) implements Source {

    public ToyQuestions {
        labels = List.copyOf(labels);
        Knob.chosen("toy-questions.labels", labels, ToyDomain.labels());
        Knob.atLeast("toy-questions.groups", groups, 1);
        for (String label : labels) {
            int known = domain(label).evaluation().size();
            if (groups > known) {
                throw new BadInput("toy-questions.groups is " + groups + " but there are only " + known
                        + " questions of '" + label + "'; ask for at most " + known + " in conf/datasets.yaml");
            }
        }
    }

    @Override
    public List<Question> questions(String dataset) {
        Draw draw = new Draw(seed);
        return labels.stream()
                .flatMap(label -> draw.shuffled(domain(label).evaluation()).stream()
                        .limit(groups)
                        .flatMap(fact -> forms(fact, dataset, label, draw)))
                .toList();
    }

    private static Stream<Question> forms(ToyFact fact, String dataset, String label, Draw draw) {
        return Variants.ALL.stream()
                .map(variant -> fact.plain(variant, draw).question(dataset, label, fact.group(), fact.answer(), null));
    }

    private static ToyDomain domain(String label) {
        return ToyDomain.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
