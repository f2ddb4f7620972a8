package org.selgen.train;

import java.util.List;
import java.util.stream.IntStream;
import org.selgen.data.Status;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.Sequence;
import org.selgen.method.Method;
import org.selgen.method.Prerequisites;
import org.selgen.method.Step;
import org.selgen.tensor.Scope;

/**
 * All that a method does to make one adapter: the adapter it begins with, the training, the last edit.
 *
 * <p>Where the base {@linkplain Decoder#withReference has the adapter of a previous stage}, training goes on from a copy of it
 * with a new optimizer, and that model is the reference of every method that has one.
 *
 * @param base the frozen model, with the adapter of the previous stage if there was one
 * @param training the loop's settings
 * @param task rows of T
 * @param proxy rows of A
 * @param seed decides the order of the data
 * @param evaluation what is measured at the end of each epoch
 */
public record MethodTrainer(
        Decoder base, Training training, List<Sequence> task, List<ProxyRow> proxy, long seed, Evaluation evaluation) {
    /** Without held-out rows. */
    public MethodTrainer(Decoder base, Training training, List<Sequence> task, List<ProxyRow> proxy, long seed) {
        this(base, training, task, proxy, seed, Evaluation.NONE);
    }

    /** The adapter made, to be closed by the caller, and how its training ended. */
    public record TrainedAdapter(Adapter adapter, TrainResult result) implements AutoCloseable {
        @Override
        public void close() {
            adapter.close();
        }
    }

    /**
     * Makes the adapter.
     *
     * @param run the id that step metrics carry
     * @param made what the method needs
     * @param callbacks is given the steps, and the adapter at the epochs it names, in the form in which it leaves
     */
    public TrainedAdapter train(String run, Method method, Prerequisites made, TrainingCallbacks callbacks) {
        Adapter begun = method.begin(made);
        try {
            TrainResult result = method.trains()
                    ? fit(run, method, begun, made, callbacks.edited(adapter -> method.finish(adapter, made)))
                    : new TrainResult(Status.FINISHED, "", 0, 0, 0);
            Adapter left = method.finish(begun, made);
            if (left != begun) {
                begun.close();
            }
            return new TrainedAdapter(left, result);
        } catch (RuntimeException | Error e) {
            begun.close();
            throw e;
        }
    }

    private TrainResult fit(
            String run, Method method, Adapter adapter, Prerequisites made, TrainingCallbacks callbacks) {
        try (Scope kept = Scope.open()) { // of what the model is edited by
            Decoder model = method.model(base, made).with(adapter);
            method.admit(model, proxySteps());
            return new Trainer(run, training, callbacks, evaluation).fit(model, method, task, proxy, seed);
        }
    }

    /** All proxy rows in their order, as many at a time as a micro-batch has. */
    public List<Step> proxySteps() {
        int parts = Training.parts(proxy.size(), training.proxyBatch());
        return IntStream.range(0, parts)
                .mapToObj(i -> ProxyRow.step(task.subList(0, 1), StepOrder.part(proxy, i, parts), 0))
                .toList();
    }
}
