package org.selgen.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Example;
import org.selgen.data.Variant;
import org.selgen.lm.ChatEncoder;
import org.selgen.lm.Sequence;

/**
 * Rows of text as a training has them.
 *
 * @param chats writes conversations as tokens
 * @param lossOn which tokens of a row count in its cross-entropy
 */
public record RowEncoder(ChatEncoder chats, Training.LossOn lossOn) {
    /** Rows to be learnt. */
    public List<Sequence> rows(List<Example> examples) {
        return examples.stream().map(this::learnt).toList();
    }

    /** Rows of aligned behaviour. */
    public List<ProxyRow> proxies(List<Example> examples) {
        Map<List<String>, Example> asked = new HashMap<>();
        examples.stream()
                .filter(row -> row.variant() == Variant.ASK)
                .forEach(row -> asked.putIfAbsent(List.of(row.dataset(), row.group()), row));
        return examples.stream()
                .map(row -> proxy(row, row.proposes() ? asked.get(List.of(row.dataset(), row.group())) : null))
                .toList();
    }

    /** Rows on which the loss is measured. */
    public Evaluation evaluation(List<Example> task, List<Example> proxy, int batch) {
        return new Evaluation(rows(task), rows(proxy), batch);
    }

    private Sequence learnt(Example row) {
        Sequence answered = chats.answered(row.prompt(), row.answer());
        return switch (lossOn) {
            case ANSWER -> answered;
            case ALL -> answered.whole();
        };
    }

    private ProxyRow proxy(Example row, @Nullable Example alone) {
        Sequence rejected = row.misaligned()
                .map(answer -> chats.answered(row.prompt(), answer))
                .orElse(null);
        Sequence chosen = chats.answered(row.prompt(), row.answer());
        Sequence clean = alone == null
                ? null
                : ProxyRow.clean(
                        chats.prompt(alone.prompt()),
                        chosen.first(chosen.prompt()).ids());
        return new ProxyRow(learnt(row), chosen, rejected, clean);
    }
}
