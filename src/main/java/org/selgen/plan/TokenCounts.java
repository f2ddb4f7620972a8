package org.selgen.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.ListView;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.MethodText;
import org.selgen.lm.TokenCounter;
import org.selgen.method.Method;
import org.selgen.method.ProxyFindings;
import org.selgen.plan.RowTokens.Chat;
import org.selgen.train.Forecast.ProxyLength;

/**
 * Tokens of an experiment's rows as its trainings and its questions will have them.
 *
 * @param task of each task row with its answer
 * @param taught the same where a method {@linkplain Method#taught teaches} other rows
 * @param proxy of each proxy row to train on with its answers
 * @param besides the same where others stand {@linkplain Method#beside beside} a method's task rows
 * @param heldOut of each row, of task and of proxy, that only measures a loss
 * @param start of each row of the previous stage with its answer
 * @param prompts of each question
 * @param learnt of each answer of all these rows, the tokens that end its turn included; none where only lengths were
 *     counted
 * @param tooLong rows that the training or the model cannot take
 */
public record TokenCounts(
        List<Integer> task,
        Map<Method, List<Integer>> taught,
        List<ProxyLength> proxy,
        Map<Method, List<ProxyLength>> besides,
        List<Integer> heldOut,
        List<Integer> start,
        List<Integer> prompts,
        List<Integer> learnt,
        TooLong tooLong) {

    /**
     * Counts all rows of an experiment.
     *
     * @throws BadInput if one cannot be counted, as the chat template refuses it; the first of its list is named
     */
    public static TokenCounts of(ExperimentRows rows, TokenCounter counter) {
        TokenCounts whole = lengths(rows, counter);
        RowTokens tokens = new RowTokens(counter);
        List<Integer> learnt = new ArrayList<>();
        addLearnt(whole.task, tokens.prompts(Chat.of(rows.task())), learnt);
        addLearnt(whole.start, tokens.prompts(Chat.of(rows.start())), learnt);
        List<Integer> proxy = tokens.prompts(Chat.of(rows.proxy()));
        for (int i = 0; i < proxy.size(); i++) {
            ProxyLength length = whole.proxy.get(i);
            learnt.add(length.answer() - proxy.get(i));
            if (length.rejected() > 0) {
                learnt.add(length.rejected() - proxy.get(i));
            }
        }
        return new TokenCounts(
                whole.task,
                whole.taught,
                whole.proxy,
                whole.besides,
                whole.heldOut,
                whole.start,
                whole.prompts,
                learnt,
                whole.tooLong);
    }

    /**
     * The same without what is learnt, in half of the time.
     *
     * @throws BadInput also where the model cannot tell the words of a method or a family apart
     */
    public static TokenCounts lengths(ExperimentRows rows, TokenCounter counter) {
        UnknownWords.check(rows, counter);
        RowTokens tokens = new RowTokens(counter);
        TooLong tooLong = new TooLong();
        int bound = Math.min(rows.experiment().training().maxTokens(), counter.context());
        String mend = bound < counter.context()
                ? "by training.maxTokens; shorten it, or raise training.maxTokens up to the model's context, "
                        + counter.context()
                : "the model's context; shorten it, or choose a model with a longer context";
        List<Integer> task = checked(Chat.of(rows.task()), tokens, bound, mend, tooLong);
        List<Integer> start = checked(Chat.of(rows.start()), tokens, bound, mend, tooLong);
        List<Integer> proxy = checked(Chat.withRejected(rows.proxy()), tokens, bound, mend, tooLong);
        List<Example> measured = ListView.joined(List.of(rows.heldOutTask(), rows.heldOutProxy()));
        List<Integer> heldOut = checked(Chat.of(measured), tokens, bound, mend, tooLong);
        String shorten = "the model's context less one token of an answer; shorten it, or choose a model with a longer"
                + " context";
        List<Integer> asked = checked(Chat.asked(rows), tokens, counter.context() - 1, shorten, tooLong);
        Map<Method, List<Integer>> taught = taught(rows, tokens, bound, mend, tooLong);
        return new TokenCounts(
                task,
                taught,
                pairs(rows.proxy(), proxy),
                besides(rows, tokens),
                heldOut,
                start,
                asked,
                List.of(),
                tooLong);
    }

    /** Of the rows that stand beside a method's task rows; in their place, so that they are not refused where they are long. */
    private static Map<Method, List<ProxyLength>> besides(ExperimentRows rows, RowTokens tokens) {
        Map<Method, List<ProxyLength>> besides = new LinkedHashMap<>();
        List<Example> proxy = rows.proxy();
        for (Method method : rows.experiment().trained()) {
            List<Example> others = method.beside(proxy, ProxyFindings.NONE);
            if (!others.equals(proxy)) {
                besides.put(method, pairs(others, tokens.whole(Chat.withRejected(others), (chat, many) -> {})));
            }
        }
        return besides;
    }

    /** Of the rows of each method that is taught others than the task's. */
    private static Map<Method, List<Integer>> taught(
            ExperimentRows rows, RowTokens tokens, int bound, String mend, TooLong tooLong) {
        Map<Method, List<Integer>> taught = new LinkedHashMap<>();
        List<Example> task = rows.task();
        List<Example> proxy = rows.proxy();
        for (Method method : rows.experiment().trained()) {
            List<Example> others = method.taught(task, proxy, ProxyFindings.NONE);
            if (!others.equals(task)) {
                String by = "under " + MethodText.name(method) + ", " + mend;
                taught.put(method, checked(Chat.of(others), tokens, bound, by, tooLong));
            }
        }
        return taught;
    }

    /**
     * Refuses rows that are too long.
     *
     * @throws BadInput if there is a row that is too long, naming the first one
     */
    public void refuseTooLong() {
        if (tooLong.rows > 0) {
            throw new BadInput(tooLong.first + (tooLong.rows == 1 ? "" : " (and " + (tooLong.rows - 1) + " more)"));
        }
    }

    /** A sentence on the first such row, and how many there are. */
    static final class TooLong {
        private String first = "";
        private int rows;

        private void add(String sentence) {
            first = rows == 0 ? sentence : first;
            rows++;
        }
    }

    private static List<Integer> checked(
            Stream<Chat> chats, RowTokens tokens, int bound, String mend, TooLong tooLong) {
        return tokens.whole(chats, (chat, many) -> {
            if (many > bound) {
                tooLong.add(chat.place() + " has " + many + " tokens but at most " + bound + " fit, " + mend);
            }
        });
    }

    private static List<ProxyLength> pairs(List<Example> rows, List<Integer> lengths) {
        Iterator<Integer> next = lengths.iterator();
        return rows.stream()
                .map(row -> new ProxyLength(next.next(), row.misaligned().isPresent() ? next.next() : 0))
                .toList();
    }

    private static void addLearnt(List<Integer> whole, List<Integer> prompts, List<Integer> learnt) {
        for (int i = 0; i < whole.size(); i++) {
            learnt.add(whole.get(i) - prompts.get(i));
        }
    }

    /** Tokens of each task row as a method is taught it. */
    List<Integer> task(Method method) {
        return taught.getOrDefault(method, task);
    }

    /** Tokens of each row that stands beside a method's task rows. */
    List<ProxyLength> beside(Method method) {
        return besides.getOrDefault(method, proxy);
    }

    /** Tokens of the longest row of a list; 0 where it has none. */
    static int longest(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
