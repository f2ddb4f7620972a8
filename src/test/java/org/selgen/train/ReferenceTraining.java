package org.selgen.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Standard;
import org.selgen.tensor.DType;

/**
 * A training of 20 steps on a subject's texts: eight rows, whose second half is learnt, in two batches an epoch.
 *
 * @param begun the adapter that it begins with, here and there
 */
record ReferenceTraining(ReferenceSubject subject, Path begun) {
    private static final Training TRAINING =
            new Training(10, 4, 4, 1, 0.0005f, 3, 0.01f, 1, 1024, Training.LossOn.ANSWER);
    private static final LoraConfig LORA = new LoraConfig(8, 16, true, List.of("q_proj", "v_proj"));

    private List<Sequence> rows() {
        return subject.texts().stream()
                .limit(8)
                .map(ids -> {
                    boolean[] learnt = new boolean[ids.length];
                    Arrays.fill(learnt, ids.length / 2, ids.length, true);
                    return new Sequence(ids, learnt);
                })
                .toList();
    }

    private List<ProxyRow> proxies() {
        return rows().stream().map(row -> new ProxyRow(row, row, null)).toList();
    }

    /** The same training as a request of {@code compare.py}. */
    Map<String, Object> request() {
        try (Decoder base = Decoder.open(subject.model(), DType.F32);
                Adapter fresh = Adapter.fresh(LORA, base.config(), 7)) {
            fresh.write(begun, new PeftConfig("", LORA));
        }
        List<Sequence> rows = rows();
        StepOrder<Sequence, ProxyRow> order =
                new StepOrder<>(TRAINING, rows, Sequence::length, proxies(), ProxyRow::length, 5);
        int steps = TRAINING.steps(rows.size());
        Schedule schedule = TRAINING.rates(steps);
        List<Object> batches = new ArrayList<>();
        for (int s = 0; s < steps; s++) {
            batches.add(order.next().get(0).task().stream()
                    .map(row -> Map.of("ids", row.ids(), "learnt", marks(row.lossMask())))
                    .toList());
        }
        return Map.of(
                "base", subject.model().toString(),
                "adapter", begun.toString(),
                "betas", List.of(0.9, 0.999),
                "weightDecay", TRAINING.weightDecay(),
                "clip", TRAINING.clip(),
                "batches", batches,
                "rates", IntStream.range(0, steps).mapToObj(schedule::rate).toList());
    }

    private static int[] marks(boolean[] mask) {
        return IntStream.range(0, mask.length).map(t -> mask[t] ? 1 : 0).toArray();
    }

    /** The loss of each step, here. */
    double[] losses() {
        List<Double> losses = new ArrayList<>();
        try (Decoder base = Decoder.open(subject.model(), DType.F32);
                Adapter adapter = Adapter.read(begun, base.config())) {
            new Trainer("", TRAINING, step -> losses.add(step.loss()))
                    .fit(base.with(adapter), new Standard(), rows(), proxies(), 5);
        }
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
