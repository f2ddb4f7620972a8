package org.selgen.lm;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.tensor.Tensor;

/**
 * Results of the reference model for a batch's answers. They are constant, and a row has the same bits whatever the
 * other rows of its batch. N answer tokens, D hidden, L layers.
 */
public final class Reference {
    private final Batch batch;
    private final BiFunction<Batch, ReferenceCache.OutputKind, List<Tensor>> base;

    Reference(Batch batch, BiFunction<Batch, ReferenceCache.OutputKind, List<Tensor>> base) {
        this.batch = batch;
        this.base = base;
    }

    /** The last hidden state at the positions that predict an answer token, after the final norm; {@code [N, D]}. */
    public Tensor last() {
        return joined(ReferenceCache.OutputKind.LAST).get(0);
    }

    /** Output of each layer at those positions, the last one after the final norm; {@code L × [N, D]}. */
    public List<Tensor> layers() {
        return joined(ReferenceCache.OutputKind.ALL);
    }

    /** Log-probability of each row's answer, nats: the sum over its tokens; {@code [B]}. */
    public Tensor answerLogProbsByRow() {
        return joined(ReferenceCache.OutputKind.LOG_PROBS).get(0).sumBy(batch.row(), batch.rows());
    }

    /** Keys and values at tokens of the chat template, of which there must be one: {@link Forward#keysAndValues}. */
    public List<Tensor> keysAndValues(Batch.TemplatePart part) {
        ReferenceCache.OutputKind kind =
                part == Batch.TemplatePart.PREFIX ? ReferenceCache.OutputKind.PREFIX : ReferenceCache.OutputKind.SUFFIX;
        return joined(kind, rows().filter(b -> batch.has(b, part)).mapToObj(b -> batch.upTo(b, part)));
    }

    private IntStream rows() {
        return IntStream.range(0, batch.rows());
    }

    private List<Tensor> joined(ReferenceCache.OutputKind kind) {
        return joined(kind, rows().mapToObj(batch::alone));
    }

    private List<Tensor> joined(ReferenceCache.OutputKind kind, Stream<Batch> each) {
        List<List<Tensor>> rows = each.map(row -> base.apply(row, kind)).toList();
        return IntStream.range(0, rows.get(0).size())
                .mapToObj(i ->
                        Tensor.concat(0, rows.stream().map(row -> row.get(i)).toArray(Tensor[]::new)))
                .toList();
    }
}
