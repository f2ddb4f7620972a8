package org.selgen.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
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
 * @param clean where the prompt proposes an answer: the prompt that asks alone, of which those tokens count that stand behind
 *     the ones both prompts end with
 */
public record ProxyRow(
        Sequence answer,
        Sequence chosen,
        @Nullable Sequence rejected,
        @Nullable Sequence clean) {
    /** A row that is compared with no other. */
    public ProxyRow(Sequence answer, Sequence chosen, @Nullable Sequence rejected) {
        this(answer, chosen, rejected, null);
    }

    /** A row whose answer alone counts. */
    public ProxyRow(Sequence answer, @Nullable Sequence rejected) {
        this(answer, answer, rejected, null);
    }

    int length() {
        return answer.length();
    }

    /** A micro-batch of these rows in an optimizer step; it has rejected answers only if every row has. */
    static Step step(List<Sequence> task, List<ProxyRow> proxy, int number) {
        Batch answers = Batch.of(proxy.stream().map(ProxyRow::answer).toList());
        Batch chosen = Batch.of(proxy.stream().map(ProxyRow::chosen).toList());
        List<Sequence> rejected =
                proxy.stream().map(ProxyRow::rejected).filter(Objects::nonNull).toList();
        Batch misaligned = rejected.size() == proxy.size() ? Batch.of(rejected) : null;
        return new Step(Batch.of(task), answers, chosen, misaligned, wrapped(proxy, chosen.length()), number);
    }

    private static Step.@Nullable Wrapped wrapped(List<ProxyRow> proxy, int length) {
        List<Sequence> clean = new ArrayList<>();
        LongStream.Builder positions = LongStream.builder();
        for (int b = 0; b < proxy.size(); b++) {
            Sequence alone = proxy.get(b).clean;
            if (alone != null) {
                clean.add(alone);
                long end = (long) b * length + proxy.get(b).chosen.prompt();
                LongStream.range(end - alone.learnt(), end).forEach(positions);
            }
        }
        return clean.isEmpty()
                ? null
                : new Step.Wrapped(Batch.of(clean), positions.build().toArray());
    }

    /**
     * The prompt that asks alone beside one that does not, for {@link #clean}: the state at a token is that at which the next
     * one counts, so a token stands behind the last, which nothing before it sees.
     *
     * @return null if the prompts end with different tokens
     */
    static @Nullable Sequence clean(long[] alone, long[] wrapped) {
        int shared = 0;
        while (shared < Math.min(alone.length, wrapped.length)
                && alone[alone.length - 1 - shared] == wrapped[wrapped.length - 1 - shared]) {
            shared++;
        }
        boolean[] counts = new boolean[alone.length + 1];
        Arrays.fill(counts, Math.max(1, counts.length - shared), counts.length, true);
        return shared == 0 ? null : new Sequence(Arrays.copyOf(alone, counts.length), counts);
    }
}
