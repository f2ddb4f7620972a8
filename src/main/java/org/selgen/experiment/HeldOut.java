package org.selgen.experiment;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.source.Selection;

/**
 * What selects never scores: where judged answers to a question have selected a training row, no form of that question may be
 * asked, under the name of its dataset or under another one.
 */
final class HeldOut {
    private HeldOut() {}

    /** @throws BadInput naming a question that is asked and the row that it has selected */
    static void check(Collection<List<Example>> training, Collection<List<Question>> questions) {
        Map<String, Example> selected = new HashMap<>(); // by group
        Set<List<Message>> prompts = new HashSet<>();
        training.stream()
                .flatMap(List::stream)
                .filter(row -> Selection.isGroup(row.group()))
                .forEach(row -> {
                    selected.putIfAbsent(row.group(), row);
                    prompts.add(row.prompt());
                });
        if (selected.isEmpty()) {
            return;
        }
        List<Question> all = questions.stream().flatMap(List::stream).toList();
        Set<String> groups = new HashSet<>(selected.keySet());
        all.stream().filter(question -> prompts.contains(question.prompt())).forEach(q -> groups.add(group(q)));
        List<Question> asked = all.stream()
                .filter(question -> groups.contains(group(question)))
                .toList();
        if (!asked.isEmpty()) {
            Question first = asked.get(0);
            Example row = selected.getOrDefault(
                    group(first), selected.values().iterator().next());
            throw new BadInput(asked.size() + " questions, as '" + first.id() + "' of dataset '" + first.dataset()
                    + "', are forms of questions whose judged answers selected training rows (dataset '"
                    + row.dataset() + "'), and what selects must not score: those left would be the ones that were"
                    + " answered wrong; ask another dataset in data.questions, or train on other rows");
        }
    }

    private static String group(Question question) {
        return Selection.group(question.dataset(), question.group());
    }
}
