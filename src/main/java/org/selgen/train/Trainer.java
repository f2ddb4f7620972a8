package org.selgen.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.selgen.data.BadInput;
import org.selgen.data.StepMetrics;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Sequence;
import org.selgen.method.Loss;
import org.selgen.method.Method;
import org.selgen.method.Step;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * The training loop of all methods: micro-batches of task and proxy rows, the method's gradients, clipping, AdamW under
 * a linear schedule. The adapter is trained in place. The same seed on the same machine gives the same bits.
 *
 * <p>With accumulation, a step's gradient is the mean of its micro-batches' gradients, weighted by the number of their
 * task answer tokens. So accumulation changes the memory needed, not the gradient of the task loss.
 */
public final class Trainer {
    private final String run;
    private final Training training;
    private final TrainingCallbacks callbacks;

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
        try (TrainingState fit = new TrainingState(about, lm.adapter(), training, task, proxy, seed)) {
            fit.resume(callbacks.checkpoints(), atMost);
            fit.made.forEach(callbacks.step());
            return fit(lm, method, fit, epoch, training.steps(task.size()));
        }
    }

    private TrainResult fit(CausalLM lm, Method method, TrainingState fit, int epoch, int all) {
        Schedule schedule = new Schedule(training.learningRate(), training.warmup(), all);
        int end = callbacks.until() * epoch;
        while (fit.made.size() < end) {
            int done = fit.made.size();
            List<Step> micro = new ArrayList<>();
            for (int i = 0; i < training.accumulation(); i++) {
                micro.add(fit.draw());
            }
            StepMetrics metrics = step(lm, method, micro, fit.optimizer, done + 1, schedule.rate(done));
            fit.made.add(metrics);
            callbacks.step().accept(metrics);
            Optional<String> diverged = Divergence.of(fit.made);
            if (diverged.isPresent()) {
                return TrainResult.diverged(fit.made, diverged.get());
            }
            boolean last = (done + 1) % epoch == 0;
            if (last && broken(lm)) {
                return TrainResult.diverged(fit.made, Divergence.brokenAdapter(fit.made));
            }
            if (last && callbacks.points().contains((done + 1) / epoch)) {
                callbacks.point().reached((done + 1) / epoch, lm.adapter());
            }
            callbacks.checkpoints().offer(done + 1, done + 1 == end, fit::state);
        }
        return TrainResult.finished(fit.made);
    }

    private static boolean broken(CausalLM lm) {
        try (Scope scope = Scope.open()) {
            return !Double.isFinite(
                    Tensors.globalNorm(lm.adapter().parameters()).item());
        }
    }

    private StepMetrics step(CausalLM lm, Method method, List<Step> micro, AdamW optimizer, int number, double rate) {
        double answers = micro.stream().mapToInt(m -> m.task().answerTokens()).sum();
        try (Scope scope = Scope.open()) {
            List<Tensor> gradients = List.of();
            double loss = 0;
            double taskLoss = 0;
            double term = 0;
            for (Step m : micro) {
                double share = m.task().answerTokens() / answers;
                Loss l = method.loss(lm, m);
                List<Tensor> g = method.gradients(lm, l);
                List<Tensor> part = share == 1 ? g : Tensors.scaled(g, (float) share);
                gradients = gradients.isEmpty() ? part : Tensors.sums(gradients, part);
                loss += share * l.total().item();
                taskLoss += share * l.task().item();
                term += share * l.own().map(Tensor::item).orElse(0.0);
            }
            double norm = Tensors.globalNorm(gradients).item();
            if (Double.isFinite(norm) && Double.isFinite(loss)) {
                optimizer.step(AdamW.clipped(gradients, norm, training.clip()), rate);
            }
            long tokens = micro.stream()
                    .mapToLong(m -> m.task().tokens() + m.proxy().tokens())
                    .sum();
            return new StepMetrics(run, number, loss, taskLoss, term, norm, rate, tokens);
        }
    }
}
