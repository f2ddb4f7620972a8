package org.selgen.source;

import java.util.List;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.data.Question;
import org.selgen.data.RangeCheck;
import org.selgen.source.form.NameChecks;
import org.selgen.source.form.QuestionForm;
import org.selgen.source.form.SeededRandom;
import org.selgen.source.toy.ToyDomain;
import org.selgen.source.toy.ToyFact;

/**
 * Questions of the toy world, each in three forms: question, right proposal, wrong proposal. Capitals and gcd pairs are
 * those that occur in no training row.
 *
 * @param labels the domains
 * @param groups number of different questions per label; each gives three rows
 * @param seed of the random choices
 */
public record ToyQuestions(List<ToyDomain> labels, int groups, long seed) implements Source {

    public ToyQuestions {
        labels = NameChecks.some(labels, "toy-questions.labels");
        RangeCheck.atLeast(1, groups, "toy-questions.groups");
        for (ToyDomain domain : labels) {
            int known = domain.evaluation().size();
            if (groups > known) {
                throw new BadInput("toy-questions.groups is " + groups + " but there are only " + known
                        + " questions of '" + domain.label() + "'; ask for at most " + known);
            }
        }
    }

    @Override
    public List<Question> questions(String dataset) {
        SeededRandom draw = new SeededRandom(seed);
        return labels.stream()
                .flatMap(domain -> draw.shuffled(domain.evaluation()).stream()
                        .limit(groups)
                        .flatMap(fact -> forms(fact, dataset, domain.label(), draw)))
                .toList();
    }

    private static Stream<Question> forms(ToyFact fact, String dataset, String label, SeededRandom draw) {
        return QuestionForm.FORMS.stream()
                .map(variant -> fact.plain(variant, draw).question(dataset, label, fact.group(), fact.answer(), null));
    }
}
