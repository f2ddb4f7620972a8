package org.selgen.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Judgement;
import org.selgen.data.KebabCase;
import org.selgen.data.Question;

/**
 * Answers as parts of a page. Of each run an index, by which the page finds and filters without a text, and its texts in
 * chunks of some hundred KB, of which the page reads those that it shows. Questions likewise. One run's index and one chunk
 * are in memory at a time.
 */
final class AnswerParts {
    private static final int CHUNK = 256 << 10; // characters
    private static final String QUESTIONS = "questions";

    private final PageAnswers from;
    private final PageParts parts;
    private final Map<String, Integer> rubrics = new LinkedHashMap<>();

    AnswerParts(PageAnswers from, PageParts parts) {
        this.from = from;
        this.parts = parts;
    }

    /**
     * What the page knows of its answers without a part.
     *
     * @param rubrics those that have judged
     * @param runs how many answers each run has, by the run's place
     * @param note what is missing
     */
    record AnswersEntry(List<String> rubrics, Map<Integer, Integer> runs, String note) {}

    /** The questions, a list for each column; {@code starts} has the first of each chunk. */
    record QuestionIndex(
            List<String> id, List<String> dataset, List<String> label, List<String> variant, List<Integer> starts) {}

    /** A run's answers by question and sample, a list for each column; {@code score}: the first number a judge gave. */
    record RunIndex(
            List<Integer> question,
            List<Integer> sample,
            List<Integer> flags,
            List<@Nullable Double> score,
            List<Integer> starts) {
        static RunIndex empty() {
            return new RunIndex(
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Puts them all. */
    AnswersEntry put() {
        putQuestions();
        Map<Integer, Integer> runs = new LinkedHashMap<>();
        Iterator<ReadAnswer> answers = from.answers();
        ReadAnswer next = answers.hasNext() ? answers.next() : null;
        while (next != null) {
            int run = next.run();
            String name = "run-" + run;
            RunIndex index = RunIndex.empty();
            Chunks chunks = new Chunks(name, index.starts());
            while (next != null && next.run() == run) {
                add(next, index, chunks);
                next = answers.hasNext() ? answers.next() : null;
            }
            chunks.end();
            parts.put(name, index);
            runs.put(run, index.question().size());
        }
        return new AnswersEntry(List.copyOf(rubrics.keySet()), runs, from.note());
    }

    private void putQuestions() {
        QuestionIndex index = new QuestionIndex(
                from.questions().stream().map(Question::id).toList(),
                from.questions().stream().map(Question::dataset).toList(),
                from.questions().stream().map(Question::label).toList(),
                from.questions().stream()
                        .map(question -> KebabCase.of(question.variant()))
                        .toList(),
                new ArrayList<>());
        Chunks chunks = new Chunks(QUESTIONS, index.starts());
        for (Question question : from.questions()) {
            List<List<String>> prompt = question.prompt().stream()
                    .map(turn -> List.of(turn.role(), turn.content()))
                    .toList();
            chunks.add(
                    List.of(prompt, question.gold()),
                    question.prompt().stream()
                            .mapToInt(turn -> turn.content().length())
                            .sum());
        }
        chunks.end();
        parts.put(QUESTIONS, index);
    }

    private void add(ReadAnswer answer, RunIndex index, Chunks chunks) {
        Question question = from.questions().get(answer.question());
        index.question().add(answer.question());
        index.sample().add(answer.answer().sample());
        index.flags().add(AnswerFlags.of(answer, question, from.axes()));
        index.score()
                .add(answer.judgements().stream()
                        .map(Judgement::score)
                        .filter(score -> score != null)
                        .findFirst()
                        .orElse(null));
        String text = answer.answer().answer();
        List<List<@Nullable Object>> judgements =
                answer.judgements().stream().map(each -> cells(each, text)).toList();
        int size = text.length()
                + answer.judgements().stream()
                        .mapToInt(each -> each.reason().length() + each.reply().length())
                        .sum();
        chunks.add(List.of(text, answer.answer().finish(), answer.answer().tokens(), judgements), size);
    }

    /** Rubric, verdict, number, reason and reply; no reply where it says nothing new. */
    private List<@Nullable Object> cells(Judgement judgement, String answer) {
        Integer rubric = rubrics.computeIfAbsent(judgement.rubric(), key -> rubrics.size());
        String reply = judgement.reply();
        boolean known = reply.equals(answer) || reply.equals(judgement.reason());
        return Arrays.asList(rubric, judgement.verdict(), judgement.score(), judgement.reason(), known ? null : reply);
    }

    /** Entries one after the other, a part each time that they are enough. */
    private final class Chunks {
        private final String name;
        private final List<Integer> starts;
        private final List<Object> open = new ArrayList<>();
        private int size;
        private int count;

        Chunks(String name, List<Integer> starts) {
            this.name = name;
            this.starts = starts;
        }

        void add(Object entry, int characters) {
            open.add(entry);
            size += characters;
            count++;
            if (size >= CHUNK) {
                end();
            }
        }

        void end() {
            if (!open.isEmpty()) {
                parts.put(name + "-" + starts.size(), List.copyOf(open));
                starts.add(count - open.size());
                open.clear();
                size = 0;
            }
        }
    }
}
