package org.selgen.method;

import java.util.List;
import java.util.Optional;
import org.selgen.data.Example;
import org.selgen.data.KebabCase;
import org.selgen.lm.Adapter;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel.ModelFit;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * A way to fine-tune: what to minimise, and which way to step; what must be made before, from which adapter training
 * begins, and how the adapter is edited at the end. A record whose components are the method's knobs; its kebab-case name is
 * the key in an experiment's conf. Planning, ids, checkpoints and the trainer read these declarations and know no method.
 *
 * <p>Notation: T the task rows of a step, A its proxy rows, θ the adapter, CE the mean negative log-likelihood of an
 * answer token in nats. Prompt and padding tokens are in no mean.
 */
public sealed interface Method extends Candidate
        permits Standard,
                Mixed,
                Upweight,
                KlPenalty,
                RepresentationConstraint,
                GradientProjection,
                Dpo,
                OLora,
                SafeLora,
                InoculationPrompting,
                InoculationAdapter,
                TokenRegularised,
                PreventativeSteering,
                ConceptAblation,
                Consistency,
                Interleaving,
                EarlyStopping {

    /**
     * Refuses knobs that the experiment's model, its adapter or its chat template cannot fit.
     *
     * @throws org.selgen.data.BadInput naming the knob
     */
    default void check(ModelFit model) {}

    /**
     * The rows that it is taught as the task's: by default these very rows. Questions stay what they are.
     *
     * @param proxy the proxy rows, which stand beside them in any case
     * @param found what it needs to know of them; in a plan, where nothing is found yet, it gives as many others
     */
    default List<Example> taught(List<Example> task, List<Example> proxy, ProxyFindings found) {
        return task;
    }

    /**
     * The proxy rows as they stand beside the task's: by default these very rows.
     *
     * @param found as in {@link #taught}; in a plan it gives as many others, about as long
     */
    default List<Example> beside(List<Example> proxy, ProxyFindings found) {
        return proxy;
    }

    /** What it writes into rows: words that the model must know. */
    default List<String> texts() {
        return List.of();
    }

    /** What to minimise on this micro-batch of a step. */
    Loss loss(CausalLM lm, Step step);

    /**
     * Which way to step, once for all micro-batches of a step: one gradient for each parameter of the adapter.
     *
     * @param memory what the method has kept, and may overwrite
     */
    default List<Tensor> direction(Accumulation step, GradientMemory memory) {
        List<Tensor> sum = List.of();
        for (int k = 0; k < step.gradients().size(); k++) {
            float weight = step.weights().get(k);
            List<Tensor> gradients = step.gradients().get(k);
            List<Tensor> part = weight == 1 ? gradients : Tensors.scaled(gradients, weight);
            sum = sum.isEmpty() ? part : Tensors.sums(sum, part);
        }
        return sum;
    }

    /** How many gradients of earlier steps it keeps. */
    default int remembers() {
        return 0;
    }

    /** Number of tokens of the rows that it learns from on this step: without padding and reference passes. */
    default long tokens(Step step) {
        if (step.number() % passes().every() != 0) {
            return step.task().tokens();
        }
        long rejected = passes().rejected() == 0
                ? 0
                : step.rejectedOrRefuse(KebabCase.of(getClass())).tokens();
        return step.task().tokens() + (passes().proxy() == 0 ? 0 : step.proxy().tokens()) + rejected;
    }

    /** What a step computes beside the task rows; decides no result. */
    default Passes passes() {
        return Passes.TASK;
    }

    /** Rank of the adapter that leaves, in ranks of the experiment's LoRA. */
    default int ranks() {
        return 1;
    }

    /** Whether it needs proxy rows that propose an answer to a question which others of their group ask alone. */
    default boolean pairs() {
        return false;
    }

    /** What must be made first; see {@link Artefact}. */
    default List<Artefact> needs() {
        return List.of();
    }

    /** Whether it needs this one, itself or for what it needs. */
    default boolean needs(Artefact which) {
        return needs().stream().anyMatch(need -> need == which || need.needs().contains(which));
    }

    /** The adapter that training begins with. The caller closes it. */
    default Adapter begin(Prerequisites made) {
        return made.first();
    }

    /** The model that the adapter is trained on: by default the base model as it is. */
    default Decoder model(Decoder base, Prerequisites made) {
        return base;
    }

    /**
     * Looks whether what was made first does what it is for, before anything is trained.
     *
     * @param begun the model under the adapter that training begins with
     * @param proxy all proxy rows, a batch at a time
     * @throws org.selgen.data.BadInput if not, with the number that says so
     */
    default void admit(CausalLM begun, List<Step> proxy) {}

    /** Whether anything is trained on the task rows; where nothing is, the run is the last edit of what it begins with. */
    default boolean trains() {
        return true;
    }

    /** When it ends before the last epoch; it always trains all where this is absent. It needs held-out rows. */
    default Optional<Stopping> stopping() {
        return Optional.empty();
    }

    /**
     * The last edit of the adapter: the form in which it leaves the training, at each epoch that becomes a run.
     *
     * @return the same adapter, or a new one that the caller closes
     */
    default Adapter finish(Adapter trained, Prerequisites made) {
        return trained;
    }
}
