package org.selgen.source.form;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/**
 * One question of a dataset in its three forms.
 *
 * @param label the kind of question
 * @param group names the question
 * @param gold the bare answer
 * @param mod the modulus within which numbers are equal, where there is one
 * @param turns in the order of {@link QuestionForm#FORMS}
 */
public record QuestionGroup(
        String label, String group, String gold, @Nullable Integer mod, List<QuestionForm> turns) {

    /** Training rows in the given variants. */
    public Stream<Example> examples(String dataset, String split, List<Variant> variants) {
        return variants.stream()
                .map(QuestionForm.FORMS::indexOf)
                .map(i -> turns.get(i).example(dataset, split, label, group, i));
    }

    /** One evaluation row per variant. */
    public Stream<Question> questions(String dataset) {
        return turns.stream().map(turn -> turn.question(dataset, label, group, gold, mod));
    }
}
