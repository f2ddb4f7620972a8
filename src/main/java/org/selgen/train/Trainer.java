package org.selgen.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.selgen.data.BadInput;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Sequence;
import org.selgen.method.Accumulation;
import org.selgen.method.GradientMemory;
import org.selgen.method.Method;
import org.selgen.method.Step;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;
import org.selgen.train.optimizer.OptimizerState;

/**
 * The training loop of all methods: micro-batches of task and proxy rows, the method's gradients, clipping, the
 * optimizer under a schedule. The adapter is trained in place. The same seed on the same machine gives the same bits.
 *
 * <p>A step's rows go through the model in micro-batches, each in a scope of its own; {@link Accumulation} makes of them the
 * step of the whole batch. So accumulation changes the memory needed, not the step. A micro-batch uses the cores that are
 * free, by {@link DataParallelism}.
 */
public final class Trainer {
    private final String run;
    private final Training training;
    private final TrainingCallbacks callbacks;
    private final Evaluation evaluation;

    /**
     * @param run the id that step metrics carry
     * @param listener gets the metrics of every step; an exception that it throws ends the training
     */
    public Trainer(String run, Training training, Consumer<StepMetrics> listener) {
        this(run, training, TrainingCallbacks.steps(training, listener));
    }

    /**
     * @param run the id that step metrics carry
     * @param callbacks what is called during the training
     */
    public Trainer(String run, Training training, TrainingCallbacks callbacks) {
        this(run, training, callbacks, Evaluation.NONE);
    }

    /** @param evaluation what is measured at the end of each epoch */
    Trainer(String run, Training training, TrainingCallbacks callbacks, Evaluation evaluation) {
        this.evaluation = evaluation;
        this.run = run;
        this.training = training;
        this.callbacks = callbacks;
    }

    /**
     * Trains {@code lm.adapter()}, from the newest checkpoint if there is one. The result has the same bits as that of
     * a training that was never stopped.
     *
     * @param task rows of T, at least one
     * @param proxy rows of A, at least one, even for a method that does not use them
     * @param seed decides the order of the data
     */
    public TrainResult fit(CausalLM lm, Method method, List<Sequence> task, List<ProxyRow> proxy, long seed) {
        if (task.isEmpty() || proxy.isEmpty()) {
            throw new BadInput("There are " + task.size() + " task rows and " + proxy.size()
                    + " proxy rows but training needs at least one of each; check data.task and data.proxy in conf");
        }
        int epoch = training.stepsOfAnEpoch(task.size());
        // not past a point that is still to be reached
        int atMost =
                callbacks.points().stream().mapToInt(p -> p * epoch - 1).min().orElse(callbacks.until() * epoch);
        String about = "run " + run + ", " + method + ", " + training + ", "
                + lm.adapter().rank() + " ranks, " + task.size() + " task rows, " + proxy.size() + " proxy rows, seed "
                + seed;
        try (TrainingState fit = new TrainingState(
                about, lm.adapter(), method.remembers(), method.stopping(), training, task, proxy, seed)) {
            fit.resume(callbacks.checkpoints(), atMost);
            callbacks.resumes().accept(fit.made.size());
            fit.made.forEach(callbacks.step());
            return fit(lm, method, fit, epoch, training.steps(task.size()));
        }
    }

    private TrainResult fit(CausalLM lm, Method method, TrainingState fit, int epoch, int all) {
        Schedule schedule = training.rates(all);
        DataParallelism parallel = DataParallelism.of(lm.config(), method);
        int end = callbacks.until() * epoch;
        while (fit.made.size() < end && !fit.leaving.ended(fit.made)) {
            int done = fit.made.size();
            List<List<Step>> micro =
                    fit.draw().stream().map(rows -> parallel.parts(rows, done)).toList();
            boolean last = (done + 1) % epoch == 0;
            StepMetrics step = step(lm, method, micro, fit, done + 1, schedule.rate(done));
            StepMetrics metrics = last ? evaluation.after(step, lm) : step;
            fit.made.add(metrics);
            callbacks.step().accept(metrics);
            Optional<String> diverged = Divergence.of(fit.made);
            if (diverged.isPresent()) {
                return TrainResult.diverged(fit.made, diverged.get());
            }
            if (last && broken(lm)) {
                return TrainResult.diverged(fit.made, Divergence.brokenAdapter(fit.made));
            }
            if (last) {
                epochEnded(fit, (done + 1) / epoch);
            }
            callbacks.checkpoints().offer(done + 1, done + 1 == end || fit.leaving.ended(fit.made), fit::state);
        }
        fit.leaving.leave(fit.made);
        for (int after = fit.made.size() / epoch + 1; after <= callbacks.until(); after++) {
            reached(after, fit.leaving.adapter()); // epochs that were not needed
        }
        return TrainResult.finished(fit.made);
    }

    private void epochEnded(TrainingState fit, int epoch) {
        fit.leaving.epochEnded(fit.made);
        reached(epoch, fit.leaving.adapter());
    }

    private void reached(int epoch, Adapter adapter) {
        if (callbacks.points().contains(epoch)) {
            callbacks.point().reached(epoch, adapter);
        }
    }

    private static boolean broken(CausalLM lm) {
        try (Scope scope = Scope.open()) {
            return !Double.isFinite(
                    Tensors.globalNorm(lm.adapter().parameters()).item());
        }
    }

    private StepMetrics step(
            CausalLM lm, Method method, List<List<Step>> micro, TrainingState fit, int number, double rate) {
        int all = micro.stream().mapToInt(List::size).sum();
        try (Scope scope = Scope.open();
                Accumulation sum = new Accumulation(lm.adapter().parameters(), all)) {
            long tokens = 0;
            CausalLM learning = lm.inStep(number);
            for (List<Step> parts : micro) {
                sum.add(parts.size(), i -> method.loss(learning, parts.get(i)));
                tokens += parts.stream().mapToLong(method::tokens).sum();
                callbacks.working().run();
            }
            List<Tensor> gradients =
                    Autograd.off(() -> method.direction(sum, new GradientMemory(number - 1, fit.remembered)));
            Direction whole = flattened(lm.adapter(), sum.total(), gradients);
            double norm = Tensors.globalNorm(whole.gradients()).item();
            if (Double.isFinite(norm) && Double.isFinite(whole.loss())) {
                fit.optimizer.step(OptimizerState.clipped(whole.gradients(), norm, training.clip()), rate);
            }
            return new StepMetrics(run, number, whole.loss(), sum.task(), sum.own(), norm, rate, tokens);
        }
    }

    /** What is minimised in a step, and which way. */
    private record Direction(double loss, List<Tensor> gradients) {}

    /** The method's direction, and that of {@link Training#spectral} where it has a weight. */
    private Direction flattened(Adapter adapter, double loss, List<Tensor> gradients) {
        float weight = training.spectral();
        if (weight == 0) {
            return new Direction(loss, gradients);
        }
        Tensor uneven = Tensors.spectral(adapter.parameters());
        List<Tensor> flatter = Autograd.gradients(uneven, adapter.parameters());
        return new Direction(loss + weight * uneven.item(), Tensors.sums(gradients, Tensors.scaled(flatter, weight)));
    }
}
