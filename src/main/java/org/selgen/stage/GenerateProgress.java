package org.selgen.stage;

import java.util.List;
import java.util.function.Consumer;
import org.selgen.cluster.Progress;
import org.selgen.cluster.ProgressPlugin;
import org.selgen.data.Generation;
import org.selgen.data.Stage;

/** Tells the driver of answers as they are made. */
public final class GenerateProgress implements Consumer<List<Generation>> {
    private final GenerationRequest request;
    private long done;
    private long tokens;

    public GenerateProgress(GenerationRequest request) {
        this.request = request;
    }

    @Override
    public void accept(List<Generation> answers) {
        TrainProgress.stopIfKilled();
        done += answers.size();
        tokens += answers.stream().mapToLong(Generation::tokens).sum();
        ProgressPlugin.send(new Progress(
                Stage.GENERATE.column(),
                request.title(),
                done,
                request.questions().size(),
                Double.NaN,
                tokens));
    }
}
