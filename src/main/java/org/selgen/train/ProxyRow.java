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
 * @param answer the prompt with the aligned answer
 * @param rejected the same prompt with the misaligned one, where there is one
 */
public record ProxyRow(Sequence answer, @Nullable Sequence rejected) {

    int length() {
        return answer.length();
    }

    /** A step of these rows; it has rejected answers only if every row has. */
    static Step step(List<Sequence> task, List<ProxyRow> proxy) {
        Batch answers = Batch.of(proxy.stream().map(ProxyRow::answer).toList());
        List<Sequence> rejected =
                proxy.stream().map(ProxyRow::rejected).filter(Objects::nonNull).toList();
        return new Step(Batch.of(task), answers, rejected.size() == proxy.size() ? Batch.of(rejected) : null);
    }
}
