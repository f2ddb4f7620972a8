package org.selgen.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.SelectRequest;
import org.selgen.file.WholeFile;

/** Judged answers of one run to a file of training rows. Writes nothing into the lake. */
final class SelectStage {
    private final ExperimentContext context;
    private final SelectRequest request;
    private final Consumer<String> out;

    /** @param out is given lines that say what was done */
    SelectStage(ExperimentContext context, SelectRequest request, Consumer<String> out) {
        this.context = context;
        this.request = request;
        this.out = out;
    }

    /**
     * Writes the rows, in the order of the questions; the same answers give the same bytes.
     *
     * @throws BadInput if answers or verdicts are missing, or none is selected
     */
    void run(Path output) throws IOException {
        Experiment experiment = context.experiment();
        int samples = experiment.decoding().samples();
        if (request.least() < 1 || request.least() > samples) {
            throw new BadInput("--least is " + request.least() + " but must be between 1 and " + samples
                    + ", the decoding.samples of the experiment; change one of the two");
        }
        Run run = answering();
        Map<List<String>, List<Judgement>> judged = judged(run);
        Collection<Question> questions = context.questions().values();
        SelectedRows rows = new SelectedRows(experiment, run, request);
        for (Question question : questions) {
            List<Judgement> verdicts = judged.getOrDefault(List.of(question.dataset(), question.id()), List.of());
            if (verdicts.size() < samples) {
                throw new BadInput("question '" + question.id() + "' of dataset '" + question.dataset() + "' has "
                        + verdicts.size() + " of " + samples + " answers of run " + run.id() + " judged by "
                        + request.judge() + "; 'generate' and 'judge' the experiment first");
            }
            rows.look(question, verdicts);
        }
        if (rows.selected() == 0) {
            throw new BadInput("no question has " + request.least() + " of " + samples + " answers of run " + run.id()
                    + " that are '" + request.counted() + "' by " + request.judge() + " (there are "
                    + counts(judged.values()) + "); lower --least, or count something else");
        }
        List<String> lines = rows.lines(questions, answers(run));
        if (lines.isEmpty()) {
            throw new BadInput("of " + rows.selected() + " selected questions no right answer ended before"
                    + " decoding.maxTokens, so none can be learnt; raise decoding.maxTokens, or write other --rows");
        }
        Files.createDirectories(output.toAbsolutePath().getParent());
        String text = String.join("\n", lines) + "\n";
        WholeFile.write(output, List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
        out.accept("select: " + rows.selected() + " of " + rows.looked() + " questions have at least " + request.least()
                + " of " + samples + " answers of " + RunSpec.title(run) + " '" + request.counted() + "' by "
                + context.catalog().judges().rubric(request.judge()) + "; " + lines.size() + " rows in " + output);
    }

    private Run answering() throws IOException {
        List<Run> runs = context.finished().stream()
                .filter(run -> request.run().isEmpty()
                        ? run.method().equals(RunSpec.BASE)
                        : run.id().startsWith(request.run()))
                .toList();
        if (runs.size() != 1) {
            throw new BadInput((request.run().isEmpty() ? "the base model" : "--run is '" + request.run() + "', which")
                    + " stands for " + runs.size() + " finished runs of this experiment instead of one; "
                    + (runs.isEmpty() ? "'train' first, or correct it: " : "give more of the id: ")
                    + "'selgen plan' lists the runs");
        }
        return runs.get(0);
    }

    private Map<List<String>, List<Judgement>> judged(Run run) throws IOException {
        List<String> judges = context.experiment().rubrics();
        if (!judges.contains(request.judge())) {
            throw new BadInput("--judge is '" + request.judge() + "' but the experiment's judges are "
                    + String.join(", ", judges) + "; name one of them");
        }
        String rubric = context.catalog().judges().rubric(request.judge());
        return context
                .lake()
                .judgements()
                .read(row -> row.rubric().equals(rubric) && own(run, row.run(), row.decoding(), row.sample()))
                .stream()
                .collect(Collectors.groupingBy(row -> List.of(row.dataset(), row.question())));
    }

    private List<Generation> answers(Run run) {
        return request.rows() == SelectRequest.Rows.OWN
                ? context.lake().generations().read(row -> own(run, row.run(), row.decoding(), row.sample()))
                : List.of();
    }

    private boolean own(Run run, String answered, String decoding, int sample) {
        return answered.equals(run.id())
                && decoding.equals(context.experiment().answerKey())
                && sample < context.experiment().decoding().samples();
    }

    private static String counts(Collection<List<Judgement>> judged) {
        Map<String, Long> counts = judged.stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Judgement::verdict, TreeMap::new, Collectors.counting()));
        return new LinkedHashMap<>(counts).toString();
    }
}
