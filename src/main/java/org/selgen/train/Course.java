package org.selgen.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Method;
import org.selgen.method.SafeLora;
import org.selgen.method.Standard;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * All that a method does to make one adapter: an adapter for the proxy where it needs one, the training, the last edit.
 *
 * @param base the frozen model
 * @param lora shape of the adapter
 * @param training the loop's settings
 * @param task rows of T
 * @param proxy rows of A
 * @param seed decides first weights and the order of the data
 */
public record Course(
        Decoder base, LoraConfig lora, Training training, List<Sequence> task, List<ProxyRow> proxy, long seed) {

    /** The adapter made, to be closed by the caller, and how its training ended. */
    public record Made(Adapter adapter, TrainResult result) implements AutoCloseable {
        @Override
        public void close() {
            adapter.close();
        }
    }

    /**
     * Trains by a method that begins from nothing.
     *
     * @param run the id that step metrics carry
     * @param told is given every step
     */
    public Made train(String run, Method method, Consumer<StepMetrics> told) {
        Adapter fresh = Adapter.fresh(lora, base.config(), seed);
        if (!method.learnsProxyFirst()) {
            return new Made(fresh, fit(run, method, fresh, told));
        }
        try (Adapter first = proxyAdapter(run)) {
            Adapter both = fresh.over(first);
            TrainResult result = fit(run, method, both, told);
            try (both) {
                return new Made(both.joined(), result);
            }
        }
    }

    private TrainResult fit(String run, Method method, Adapter adapter, Consumer<StepMetrics> told) {
        return new Trainer(run, training, told).fit(base.with(adapter), method, task, proxy, seed);
    }

    /** An adapter that has learnt the proxy rows, as many epochs as the task will have; its own first weights. */
    private Adapter proxyAdapter(String run) {
        Adapter adapter = Adapter.fresh(lora, base.config(), ~seed);
        List<Sequence> rows = proxy.stream().map(ProxyRow::answer).toList();
        new Trainer(run, training, step -> {}).fit(base.with(adapter), new Standard(), rows, proxy, seed);
        return adapter;
    }

    /**
     * Projects the standard method's adapter; trains nothing but, if the plane asks for it, an adapter on the proxy.
     *
     * @param standard the finished adapter of the same seed
     * @param unaligned the unaligned sibling of the base model; looked at only where the plane is its difference
     */
    public Made project(String run, SafeLora method, Adapter standard, Decoder unaligned) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> planes = new LinkedHashMap<>();
            switch (method.plane()) {
                case UNALIGNED_BASE ->
                    standard.pairs().keySet().forEach(module -> {
                        String name = module + ".weight";
                        planes.put(
                                module,
                                base.weights()
                                        .get(name)
                                        .minus(unaligned.weights().get(name)));
                    });
                case PROXY_ADAPTER -> {
                    try (Adapter first = proxyAdapter(run)) {
                        first.pairs()
                                .forEach((module, pair) -> planes.put(
                                        module,
                                        pair.b()
                                                .detach()
                                                .matmul(pair.a().detach())
                                                .times(pair.scale())));
                    }
                }
            }
            return new Made(method.projected(standard, planes), new TrainResult(Run.FINISHED, "", 0, 0, 0));
        }
    }
}
