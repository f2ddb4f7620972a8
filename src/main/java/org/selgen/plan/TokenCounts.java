package org.selgen.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentRows;
import org.selgen.lm.TokenCounter;

/**
 * Tokens of an experiment's rows as its trainings and its questions will have them.
 *
 * @param task of each task row with its answer
 * @param proxy of each proxy row to train on with its aligned answer
 * @param start of each row of the stage before with its answer
 * @param prompts of each question
 * @param tooLong one sentence for each row that the training or the model cannot take
 */
public record TokenCounts(
        List<Integer> task, List<Integer> proxy, List<Integer> start, List<Integer> prompts, List<String> tooLong) {

    public static TokenCounts of(Experiment experiment, ExperimentRows datasets, TokenCounter ruler) {
        TokenCounts lengths = new TokenCounts(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Experiment.Data data = experiment.data();
        List<Example> task = datasets.rows(data.task(), "task");
        List<Example> proxy = ExperimentRows.sized(datasets.rows(data.proxy(), "proxy"), task.size(), data.proxySize());
        int bound = Math.min(experiment.training().maxTokens(), ruler.context());
        String mend = bound < ruler.context()
                ? "by training.maxTokens; shorten it, or raise training.maxTokens up to the model's context, "
                        + ruler.context()
                : "the model's context; shorten it, or choose a model with a longer context";
        task.forEach(row -> lengths.task.add(lengths.answered(row, row.answer(), ruler, bound, mend)));
        for (String set : datasets.startSets()) {
            for (Example row : datasets.training().get(set)) {
                lengths.start.add(lengths.answered(row, row.answer(), ruler, bound, mend));
            }
        }
        for (Example row : proxy) {
            lengths.proxy.add(lengths.answered(row, row.answer(), ruler, bound, mend));
            row.misaligned().ifPresent(rejected -> lengths.answered(row, rejected, ruler, bound, mend));
        }
        String shorten = "the model's context less one token of an answer; shorten it, or choose a model with a longer"
                + " context";
        for (Question row :
                datasets.questions().values().stream().flatMap(List::stream).toList()) {
            String where = place(row.dataset(), row.id());
            int tokens = counted(where, () -> ruler.prompt(row.prompt()));
            lengths.prompts.add(lengths.checked(where, tokens, ruler.context() - 1, shorten));
        }
        return lengths;
    }

    /**
     * Refuses rows that are too long.
     *
     * @throws BadInput if there is a row that is too long, naming the first one
     */
    public void refuseTooLong() {
        if (!tooLong.isEmpty()) {
            String more = tooLong.size() == 1 ? "" : " (and " + (tooLong.size() - 1) + " more)";
            throw new BadInput(tooLong.get(0) + more);
        }
    }

    private int answered(Example row, String answer, TokenCounter ruler, int bound, String mend) {
        String where = place(row.dataset(), row.id());
        return checked(where, counted(where, () -> ruler.answered(row.prompt(), answer)), bound, mend);
    }

    private int checked(String where, int tokens, int bound, String mend) {
        if (tokens > bound) {
            tooLong.add(where + " has " + tokens + " tokens but at most " + bound + " fit, " + mend);
        }
        return tokens;
    }

    /** What the template refuses is told with the row it stands in. */
    private static int counted(String where, IntSupplier tokens) {
        try {
            return tokens.getAsInt();
        } catch (BadInput e) {
            throw new BadInput(where + ": " + e.getMessage(), e);
        }
    }

    private static String place(String dataset, String id) {
        return "dataset '" + dataset + "', row '" + id + "'";
    }
}
