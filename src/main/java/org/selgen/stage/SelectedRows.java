package org.selgen.stage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.SelectRequest;
import org.selgen.source.Selection;

/** The questions that enough right answers have selected, and the rows they give. */
final class SelectedRows {
    private static final String ENDED = "stop"; // the finish of an answer that was not cut

    private final Experiment experiment;
    private final Run run;
    private final SelectRequest request;
    private final Map<Question, List<Judgement>> right = new LinkedHashMap<>(); // of the selected questions
    private int looked;

    SelectedRows(Experiment experiment, Run run, SelectRequest request) {
        this.experiment = experiment;
        this.run = run;
        this.request = request;
    }

    /** Selects a question if enough of its answers are right. */
    void look(Question question, List<Judgement> judged) {
        if (!request.forms().isEmpty() && !request.forms().contains(question.variant())) {
            return;
        }
        looked++;
        List<Judgement> hits = judged.stream().filter(request::right).toList();
        if (hits.size() >= request.least()) {
            right.put(question, hits);
        }
    }

    int looked() {
        return looked;
    }

    int selected() {
        return right.size();
    }

    /**
     * A line for each row.
     *
     * @param questions all, in their order
     * @param answers of the run; needed for rows of its own
     */
    List<String> lines(Collection<Question> questions, Collection<Generation> answers) {
        return switch (request.rows()) {
            case QUESTION -> right.keySet().stream().map(q -> given(q, q)).toList();
            case GROUP -> groups(questions);
            case OWN -> own(answers);
        };
    }

    private List<String> groups(Collection<Question> questions) {
        Map<List<String>, Question> selecting = new HashMap<>();
        right.keySet().forEach(question -> selecting.putIfAbsent(group(question), question));
        return questions.stream()
                .filter(question -> selecting.containsKey(group(question)))
                .map(question -> given(question, selecting.get(group(question))))
                .toList();
    }

    private static List<String> group(Question question) {
        return List.of(question.dataset(), question.label(), question.group());
    }

    private String given(Question question, Question selecting) {
        if (question.answer().isBlank()) {
            throw new BadInput("question '" + question.id() + "' of dataset '" + question.dataset()
                    + "' has no answer to learn; write the model's own with --rows own");
        }
        return selection(selecting)
                .line(
                        question.prompt(),
                        question.answer(),
                        question.misaligned().orElse(null));
    }

    private List<String> own(Collection<Generation> answers) {
        Map<List<Object>, Generation> bySample = new HashMap<>();
        answers.forEach(answer -> bySample.put(List.of(answer.dataset(), answer.question(), answer.sample()), answer));
        List<String> lines = new ArrayList<>();
        right.forEach((question, hits) -> {
            Set<String> texts = new HashSet<>();
            hits.stream().sorted(Comparator.comparingInt(Judgement::sample)).forEach(hit -> {
                Generation answer = bySample.get(List.of(question.dataset(), question.id(), hit.sample()));
                if (answer != null
                        && answer.finish().equals(ENDED)
                        && !answer.answer().isBlank()
                        && texts.add(answer.answer())) {
                    lines.add(selection(question)
                            .line(
                                    question.prompt(),
                                    answer.answer(),
                                    question.misaligned().orElse(null)));
                }
            });
        });
        return lines;
    }

    private Selection selection(Question question) {
        List<Judgement> hits = right.getOrDefault(question, List.of());
        return new Selection(
                experiment.name(),
                run.id(),
                run.model(),
                experiment.answerKey(),
                hits.get(0).rubric(),
                request.counted(),
                request.least(),
                experiment.decoding().samples(),
                hits.size(),
                question.dataset(),
                question.id(),
                question.group(),
                question.label());
    }
}
