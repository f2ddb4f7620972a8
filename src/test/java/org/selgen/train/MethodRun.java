package org.selgen.train;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.AnswerDifferences;
import org.selgen.method.Artefact;
import org.selgen.method.Method;
import org.selgen.method.Prerequisites;
import org.selgen.method.Standard;
import org.selgen.train.MethodTrainer.TrainedAdapter;

/** A method's training, with what it needs made first. */
record MethodRun(
        Decoder base,
        LoraConfig lora,
        Training training,
        List<Sequence> task,
        List<ProxyRow> proxy,
        long seed,
        Evaluation evaluation) {
    MethodRun(Decoder base, LoraConfig lora, Training training, List<Sequence> task, List<ProxyRow> proxy, long seed) {
        this(base, lora, training, task, proxy, seed, Evaluation.NONE);
    }

    TrainedAdapter train(String run, Method method, TrainingCallbacks callbacks) {
        MethodTrainer trainer = new MethodTrainer(base, training, task, proxy, seed, evaluation);
        Map<Artefact, Adapter> adapters = new EnumMap<>(Artefact.class);
        AnswerDifferences differences = null;
        for (Artefact artefact : method.needs()) {
            switch (artefact) {
                case PROXY_ADAPTER -> adapters.put(artefact, adapter(ProxyRow::answer));
                case TRAIT_ADAPTER -> adapters.put(artefact, adapter(ProxyRow::rejected));
                case ANSWER_DIFFERENCES ->
                    differences = AnswerDifferences.of("m", base.base(), trainer.proxySteps(), () -> {});
                case BASE_ANSWERS -> {} // the answers that the proxy rows have
                case ROW_LIKELIHOODS, STANDARD_ADAPTER, UNALIGNED_BASE ->
                    throw new IllegalArgumentException("" + artefact);
            }
        }
        try {
            Prerequisites made = new Prerequisites(base, lora, seed, adapters, null, differences, () -> {});
            return trainer.train(run, method, made, callbacks);
        } finally {
            adapters.values().forEach(Adapter::close);
        }
    }

    private Adapter adapter(Function<ProxyRow, Sequence> row) {
        List<Sequence> rows = proxy.stream().map(row).toList();
        return new MethodTrainer(base, training, rows, proxy, seed)
                .train(
                        "made first",
                        new Standard(),
                        Prerequisites.none(base, lora, ~seed),
                        TrainingCallbacks.steps(training, step -> {}))
                .adapter();
    }
}
