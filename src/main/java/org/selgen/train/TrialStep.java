package org.selgen.train;

import java.nio.file.Path;
import java.util.List;
import org.selgen.data.Message;
import org.selgen.lm.Adapter;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.method.Standard;
import org.selgen.tensor.DType;

/** One training step on one row, which shows whether a model can be trained on this machine. */
public final class TrialStep {
    private static final int LONGEST = 1024;
    private static final Training TRAINING = new Training(1, 1, 1, 1, 0.001f, 0, 0, 1, LONGEST, Training.LossOn.ANSWER);

    private TrialStep() {}

    /** Status, loss in nats and milliseconds of the step, as text. */
    public static String of(Path model) {
        long begun = System.nanoTime();
        try (LanguageModel lm = LanguageModel.open(model, DType.F32);
                Adapter adapter = adapter(lm.decoder().config())) {
            List<Sequence> rows = List.of(lm.encoder(LONGEST).answered(List.of(Message.user("hello")), "hello"));
            TrainResult result = new Trainer("doctor", TRAINING, step -> {})
                    .fit(lm.decoder().with(adapter), new Standard(), rows, List.of(new ProxyRow(rows.get(0), null)), 0);
            return result.status() + ", loss " + result.loss() + ", " + (System.nanoTime() - begun) / 1_000_000 + " ms";
        }
    }

    private static Adapter adapter(DecoderConfig model) {
        return Adapter.fresh(new LoraConfig(1, 1, false, LoraConfig.allLinear(model)), model, 0);
    }
}
