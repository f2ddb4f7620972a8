package org.selgen.plan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.MethodText;
import org.selgen.lm.TokenCounter;
import org.selgen.method.Method;

/**
 * Refuses texts that an experiment adds to rows and whose words the model cannot tell apart: of a small vocabulary, two texts that
 * say the contrary may be the same tokens. What rows themselves say is theirs.
 */
final class UnknownWords {
    private UnknownWords() {}

    /**
     * Looks at what methods write into rows, and at the wordings of families.
     *
     * @throws BadInput naming the text and its words that have no token
     */
    static void check(ExperimentRows rows, TokenCounter counter) {
        for (Method method : rows.experiment().trained()) {
            for (String text : method.texts()) {
                refuse("methods has " + MethodText.name(method) + ", whose text '" + text + "'", counter.unknown(text));
            }
        }
        List<String> datasets = rows.experiment().data().questions();
        if (datasets.size() == rows.questions().size()) {
            return;
        }
        Set<String> own = new TreeSet<>();
        datasets.forEach(set -> rows.questions().get(set).forEach(question -> own.addAll(unknown(question, counter))));
        rows.questions().forEach((set, questions) -> {
            if (!datasets.contains(set)) {
                questions.forEach(question -> {
                    Set<String> added = unknown(question, counter);
                    added.removeAll(own);
                    refuse("question '" + question.id() + "' of '" + set + "', by data.families,", added);
                });
            }
        });
    }

    private static Set<String> unknown(Question question, TokenCounter counter) {
        Set<String> words = new TreeSet<>();
        for (Message turn : question.prompt()) {
            words.addAll(counter.unknown(turn.content()));
        }
        return words;
    }

    private static void refuse(String what, Set<String> words) {
        if (!words.isEmpty()) {
            throw new BadInput(
                    what + " has " + String.join(", ", words) + ", for which the model's tokenizer has no token,"
                            + " so that the model cannot tell it from other words; write it in words that the model knows, or"
                            + " choose another model");
        }
    }
}
