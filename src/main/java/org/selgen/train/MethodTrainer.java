package org.selgen.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.data.Run;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Method;
import org.selgen.method.SafeLora;
import org.selgen.method.Standard;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * All that a method does to make one adapter: an adapter for the proxy where it needs one, the training, the last edit.
 *
 * <p>Where the base {@linkplain Decoder#restingOn rests on} the adapter of a stage before, training goes on from a copy of it
 * with a new optimizer, and that model is the reference of every method that has one. O-LoRA's proxy adapter goes on from it
 * too; its task adapter is a new one.
 *
 * @param base the frozen model, at rest on the adapter of the stage before if there was one
 * @param lora shape of the adapter
 * @param training the loop's settings
 * @param task rows of T
 * @param proxy rows of A
 * @param seed decides first weights and the order of the data
 */
public record MethodTrainer(
        Decoder base, LoraConfig lora, Training training, List<Sequence> task, List<ProxyRow> proxy, long seed) {

    /** The adapter made, to be closed by the caller, and how its training ended. */
    public record TrainedAdapter(Adapter adapter, TrainResult result) implements AutoCloseable {
        @Override
        public void close() {
            adapter.close();
        }
    }

    /**
     * Trains by a method that begins from nothing, or from the stage before.
     *
     * @param run the id that step metrics carry
     * @param watch is given the steps, and the adapter at the epochs it names
     */
    public TrainedAdapter train(String run, Method method, TrainingCallbacks watch) {
        if (!method.learnsProxyFirst()) {
            Adapter adapter = first(seed);
            return new TrainedAdapter(adapter, fit(run, method, adapter, watch));
        }
        // not the directions that the stage before began from: O-LoRA's are to be new ones
        Adapter fresh = Adapter.fresh(lora, base.config(), first() ? seed : ~seed);
        try (TrainedAdapter first = proxyAdapter(run, watch)) {
            if (!first.result().status().equals(Run.FINISHED)) {
                return new TrainedAdapter(fresh, first.result());
            }
            Adapter both = fresh.over(first.adapter());
            try (both) {
                TrainResult result = fit(run, method, both, watch.through(Adapter::joined));
                return new TrainedAdapter(both.joined(), result);
            }
        }
    }

    /** Whether there was no stage before. */
    private boolean first() {
        return base.resting().pairs().isEmpty();
    }

    /** A new adapter, or a copy of the one that the stage before has left. */
    private Adapter first(long weights) {
        return first()
                ? Adapter.fresh(lora, base.config(), weights)
                : base.resting().copy();
    }

    private TrainResult fit(String run, Method method, Adapter adapter, TrainingCallbacks watch) {
        return new Trainer(run, training, watch).fit(base.with(adapter), method, task, proxy, seed);
    }

    /** An adapter that has learnt the proxy rows, as many epochs as the task will have; new ones have their own first weights. */
    private TrainedAdapter proxyAdapter(String run, TrainingCallbacks watch) {
        Adapter adapter = first(~seed);
        List<Sequence> rows = proxy.stream().map(ProxyRow::answer).toList();
        TrainResult result = new Trainer(run, training, watch.before(training))
                .fit(base.with(adapter), new Standard(), rows, proxy, seed);
        return new TrainedAdapter(
                adapter,
                new TrainResult(
                        result.status(),
                        result.reason().isEmpty() ? "" : "the adapter of the proxy rows: " + result.reason(),
                        result.steps(),
                        result.tokens(),
                        result.loss()));
    }

    /**
     * Projects the standard method's adapter; trains nothing but, if the plane asks for it, an adapter on the proxy.
     *
     * @param standard the finished adapter of the same seed
     * @param unaligned the unaligned sibling of the base model; looked at only where the plane is its difference
     * @param watch only its checkpoints matter, where an adapter is trained on the proxy
     */
    public TrainedAdapter project(
            String run, SafeLora method, Adapter standard, Decoder unaligned, TrainingCallbacks watch) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> planes = new LinkedHashMap<>();
            switch (method.plane()) {
                case UNALIGNED_BASE ->
                    standard.pairs().keySet().forEach(module -> {
                        String name = module + ".weight";
                        Tensor aligned = base.weights().get(name).to(DType.F32);
                        planes.put(
                                module,
                                aligned.minus(unaligned.weights().get(name).to(DType.F32)));
                    });
                case PROXY_ADAPTER -> {
                    try (TrainedAdapter first = proxyAdapter(run, watch)) {
                        if (!first.result().status().equals(Run.FINISHED)) {
                            return new TrainedAdapter(Adapter.none(), first.result());
                        }
                        first.adapter()
                                .pairs()
                                .forEach((module, pair) -> planes.put(
                                        module,
                                        pair.b()
                                                .detach()
                                                .matmul(pair.a().detach())
                                                .times(pair.scale())));
                    }
                }
            }
            return new TrainedAdapter(method.projected(standard, planes), new TrainResult(Run.FINISHED, "", 0, 0, 0));
        }
    }
}
