package org.selgen.data;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation row.
 *
 * @param id unique within its dataset
 * @param dataset the prepared dataset it belongs to
 * @param label the kind of question, as {@code gcd-large}
 * @param group the three variants of one question share it; intervals are clustered by it
 * @param variant how the question is put
 * @param prompt the conversation to answer
 * @param gold the bare right answer, as {@code 6} or {@code Paris}
 * @param mod the modulus within which numbers are equal, where the question has one
 * @param answer a full aligned answer
 * @param rejected a full misaligned (sycophantic) answer, where there is one
 */
public record Question(
        String id,
        String dataset,
        String label,
        String group,
        Variant variant,
        List<Message> prompt,
        String gold,
        @Nullable Integer mod,
        String answer,
        @Nullable String rejected)
        implements Serializable {

    public OptionalInt modulus() {
        return mod == null ? OptionalInt.empty() : OptionalInt.of(mod);
    }

    public Optional<String> misaligned() {
        return Optional.ofNullable(rejected);
    }
}
