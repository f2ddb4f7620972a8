package org.selgen.train;

import java.util.List;
import java.util.Map;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Artefact;
import org.selgen.method.Method;
import org.selgen.method.Prerequisites;
import org.selgen.method.Standard;
import org.selgen.train.MethodTrainer.TrainedAdapter;

/** A method's training, with the proxy's adapter made first where the method needs it. */
record MethodRun(
        Decoder base, LoraConfig lora, Training training, List<Sequence> task, List<ProxyRow> proxy, long seed) {
    TrainedAdapter train(String run, Method method, TrainingCallbacks callbacks) {
        MethodTrainer trainer = new MethodTrainer(base, training, task, proxy, seed);
        if (!method.needs().contains(Artefact.PROXY_ADAPTER)) {
            return trainer.train(run, method, Prerequisites.none(base, lora, seed), callbacks);
        }
        try (Adapter adapter = proxyAdapter()) {
            Map<Artefact, Adapter> adapters = Map.of(Artefact.PROXY_ADAPTER, adapter);
            return trainer.train(run, method, new Prerequisites(base, lora, seed, adapters, null), callbacks);
        }
    }

    private Adapter proxyAdapter() {
        List<Sequence> rows = proxy.stream().map(ProxyRow::answer).toList();
        return new MethodTrainer(base, training, rows, proxy, seed)
                .train(
                        "proxy",
                        new Standard(),
                        Prerequisites.none(base, lora, ~seed),
                        TrainingCallbacks.steps(training, step -> {}))
                .adapter();
    }
}
