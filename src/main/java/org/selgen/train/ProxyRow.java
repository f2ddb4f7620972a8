package org.selgen.train;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selgen.lm.Batch;
import org.selgen.lm.Sequence;
import org.selgen.method.Step;

/**
 * A row of aligned behaviour.
 *
 * @param answer the prompt with the aligned answer; the tokens count that count in the task rows
 * @param chosen the same with the tokens of the answer alone
 * @param rejected the same prompt with the misaligned answer, whose tokens count alone, where there is one
 */
public record ProxyRow(
        Sequence answer, Sequence chosen, @Nullable Sequence rejected) {
    /** A row whose answer alone counts. */
    public ProxyRow(Sequence answer, @Nullable Sequence rejected) {
        this(answer, answer, rejected);
    }

    int length() {
        return answer.length();
    }

    /** A micro-batch of these rows; it has rejected answers only if every row has. */
    static Step step(List<Sequence> task, List<ProxyRow> proxy) {
        Batch answers = Batch.of(proxy.stream().map(ProxyRow::answer).toList());
        Batch chosen = Batch.of(proxy.stream().map(ProxyRow::chosen).toList());
        List<Sequence> rejected =
                proxy.stream().map(ProxyRow::rejected).filter(Objects::nonNull).toList();
        return new Step(Batch.of(task), answers, chosen, rejected.size() == proxy.size() ? Batch.of(rejected) : null);
    }
}
