package org.selgen.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
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
 * The one loop all methods train in: micro-batches of task and proxy rows, the method's gradients, clipping, AdamW under
 * a linear schedule. The adapter is trained in place. The same seed on the same machine gives the same bits.
 *
 * <p>With accumulation a step's gradient is the mean of its micro-batches' gradients, weighted by their task answer
 * tokens, so that accumulating changes nothing but memory.
 */
public final class Trainer {
    private final String run;
    private final Training training;
    private final Consumer<StepMetrics> listener;

    /**
     * @param run the id that step metrics carry
     * @param listener is given every step's metrics as it is made; an exception it throws ends the training
     */
    public Trainer(String run, Training training, Consumer<StepMetrics> listener) {
        this.run = run;
        this.training = training;
        this.listener = listener;
    }

    /**
     * Trains {@code lm.adapter()}.
     *
     * @param task rows of T, at least one
     * @param proxy rows of A, at least one, even for a method that does not look at them
     * @param seed decides the order of the data
     */
    public TrainResult fit(CausalLM lm, Method method, List<Sequence> task, List<ProxyRow> proxy, long seed) {
        if (task.isEmpty() || proxy.isEmpty()) {
            throw new BadInput("There are " + task.size() + " task rows and " + proxy.size()
                    + " proxy rows but training needs at least one of each; check data.task and data.proxy in conf");
        }
        Batches<Sequence> tasks = new Batches<>(task, Sequence::length, training.batch(), seed);
        Batches<ProxyRow> proxies = new Batches<>(proxy, ProxyRow::length, training.proxyBatch(), ~seed);
        int steps = training.steps(task.size());
        Schedule schedule = new Schedule(training.learningRate(), training.warmup(), steps);
        List<StepMetrics> made = new ArrayList<>();
        try (AdamW optimizer = new AdamW(lm.adapter().parameters(), 0.9, 0.999, training.weightDecay())) {
            for (int s = 0; s < steps; s++) {
                List<Step> micro = new ArrayList<>();
                for (int i = 0; i < training.accumulation(); i++) {
                    micro.add(ProxyRow.step(tasks.next(), proxies.next()));
                }
                StepMetrics metrics = step(lm, method, micro, optimizer, s + 1, schedule.rate(s));
                made.add(metrics);
                listener.accept(metrics);
                if (!Double.isFinite(metrics.loss()) || !Double.isFinite(metrics.gradNorm())) {
                    return diverged(made);
                }
            }
        }
        return new TrainResult(Run.FINISHED, "", made.size(), tokens(made), lastLoss(made));
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

    private static TrainResult diverged(List<StepMetrics> made) {
        StepMetrics last = made.get(made.size() - 1);
        String before = made.size() < 2
                ? "none before"
                : "loss " + made.get(made.size() - 2).loss() + " before";
        String reason = "loss " + last.loss() + " and gradient norm " + last.gradNorm() + " at step " + last.step()
                + ", " + before;
        return new TrainResult(Run.DIVERGED, reason, made.size(), tokens(made), last.loss());
    }

    private static long tokens(List<StepMetrics> made) {
        return made.stream().mapToLong(StepMetrics::tokens).sum();
    }

    private static double lastLoss(List<StepMetrics> made) {
        int from = made.size() - Math.max(1, made.size() / 10);
        return made.subList(from, made.size()).stream()
                .mapToDouble(StepMetrics::loss)
                .average()
                .orElseThrow();
    }
}
