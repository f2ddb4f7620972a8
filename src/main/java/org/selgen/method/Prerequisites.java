package org.selgen.method;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;

/**
 * What a method finds when its training begins, and again when it edits the adapter at the end.
 *
 * @param base the frozen model, with the adapter of the previous stage where there was one
 * @param lora shape of a new adapter
 * @param seed decides the first weights of a new adapter
 * @param adapters those that {@link Method#needs} names; they stay open until the training has ended
 * @param unaligned the base model's unaligned sibling, where {@link Method#needs} names it
 * @param differences those of the reference model's activations, where {@link Method#needs} names them
 * @param working is to be called between parts of long work, so that it does not count as hung
 */
public record Prerequisites(
        Decoder base,
        LoraConfig lora,
        long seed,
        Map<Artefact, Adapter> adapters,
        @Nullable Decoder unaligned,
        @Nullable AnswerDifferences differences,
        Runnable working) {
    /** Work that nobody watches. */
    public Prerequisites(
            Decoder base, LoraConfig lora, long seed, Map<Artefact, Adapter> adapters, @Nullable Decoder unaligned) {
        this(base, lora, seed, adapters, unaligned, null, () -> {});
    }

    /** Those of a method that needs nothing. */
    public static Prerequisites none(Decoder base, LoraConfig lora, long seed) {
        return new Prerequisites(base, lora, seed, Map.of(), null);
    }

    /** A new adapter, or a copy of the one that the previous stage has left. The caller closes it. */
    public Adapter first() {
        return previous() ? base.referenceAdapter().copy() : Adapter.fresh(lora, base.config(), seed);
    }

    /** A new adapter whose directions are not those that the previous stage began from. The caller closes it. */
    public Adapter fresh() {
        return Adapter.fresh(lora, base.config(), previous() ? ~seed : seed);
    }

    private boolean previous() {
        return !base.referenceAdapter().pairs().isEmpty();
    }

    /** An adapter that was made before. */
    public Adapter adapter(Artefact which) {
        return Objects.requireNonNull(adapters.get(which), () -> "the method does not name " + which + " in needs()");
    }

    /** How the reference model's activations differ between two answers. */
    public AnswerDifferences answerDifferences() {
        return Objects.requireNonNull(differences, "the method does not name ANSWER_DIFFERENCES in needs()");
    }

    /** The unaligned model. */
    public Decoder unalignedBase() {
        return Objects.requireNonNull(unaligned, "the method does not name UNALIGNED_BASE in needs()");
    }
}
