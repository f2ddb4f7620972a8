package org.selgen.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.experiment.ExperimentRows;
import org.selgen.lm.TokenCounter;
import org.selgen.train.Forecast.ProxyLength;

/**
 * Tokens of an experiment's rows as its trainings and its questions will have them.
 *
 * @param task of each task row with its answer
 * @param proxy of each proxy row to train on with its answers
 * @param start of each row of the previous stage with its answer
 * @param prompts of each question
 * @param learnt of each answer of all these rows, the tokens that end its turn included
 * @param tooLong one sentence for each row that the training or the model cannot take
 */
public record TokenCounts(
        List<Integer> task,
        List<ProxyLength> proxy,
        List<Integer> start,
        List<Integer> prompts,
        List<Integer> learnt,
        List<String> tooLong) {

    /** Counts all rows of an experiment. */
    public static TokenCounts of(ExperimentRows rows, TokenCounter counter) {
        TokenCounts counts = new TokenCounts(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        int bound = Math.min(rows.experiment().training().maxTokens(), counter.context());
        String mend = bound < counter.context()
                ? "by training.maxTokens; shorten it, or raise training.maxTokens up to the model's context, "
                        + counter.context()
                : "the model's context; shorten it, or choose a model with a longer context";
        rows.task().forEach(row -> counts.task.add(counts.answered(row, row.answer(), counter, bound, mend)));
        rows.start().forEach(row -> counts.start.add(counts.answered(row, row.answer(), counter, bound, mend)));
        for (Example row : rows.proxy()) {
            int answer = counts.answered(row, row.answer(), counter, bound, mend);
            int rejected = row.misaligned()
                    .map(text -> counts.answered(row, text, counter, bound, mend))
                    .orElse(0);
            counts.proxy.add(new ProxyLength(answer, rejected));
        }
        String shorten = "the model's context less one token of an answer; shorten it, or choose a model with a longer"
                + " context";
        for (Question row :
                rows.questions().values().stream().flatMap(List::stream).toList()) {
            String where = place(row.dataset(), row.id());
            int tokens = counted(where, () -> counter.prompt(row.prompt()));
            counts.prompts.add(counts.checked(where, tokens, counter.context() - 1, shorten));
        }
        return counts;
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

    private int answered(Example row, String answer, TokenCounter counter, int bound, String mend) {
        String where = place(row.dataset(), row.id());
        int tokens = counted(where, () -> counter.answered(row.prompt(), answer));
        learnt.add(tokens - counted(where, () -> counter.prompt(row.prompt())));
        return checked(where, tokens, bound, mend);
    }

    /** Tokens of the longest row of a list; 0 where it has none. */
    static int longest(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private int checked(String where, int tokens, int bound, String mend) {
        if (tokens > bound) {
            tooLong.add(where + " has " + tokens + " tokens but at most " + bound + " fit, " + mend);
        }
        return tokens;
    }

    /** An error of the chat template names the row. */
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
