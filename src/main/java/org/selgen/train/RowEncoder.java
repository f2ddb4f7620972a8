package org.selgen.train;

import java.util.List;
import org.selgen.data.Example;
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
        return examples.stream().map(this::proxy).toList();
    }

    private Sequence learnt(Example row) {
        Sequence answered = chats.answered(row.prompt(), row.answer());
        return switch (lossOn) {
            case ANSWER -> answered;
            case ALL -> answered.whole();
        };
    }

    private ProxyRow proxy(Example row) {
        Sequence rejected = row.misaligned()
                .map(answer -> chats.answered(row.prompt(), answer))
                .orElse(null);
        return new ProxyRow(learnt(row), chats.answered(row.prompt(), row.answer()), rejected);
    }
}
