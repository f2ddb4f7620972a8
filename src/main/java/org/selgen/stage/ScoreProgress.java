package org.selgen.stage;

import java.util.function.IntConsumer;
import org.selgen.cluster.Progress;
import org.selgen.cluster.ProgressPlugin;
import org.selgen.data.Stage;

/** Tells the driver how many questions have their choices weighed. */
record ScoreProgress(GenerationRequest request) implements IntConsumer {
    @Override
    public void accept(int done) {
        Heartbeat.stopIfKilled();
        ProgressPlugin.send(new Progress(
                Stage.WEIGH.column(),
                request.title(),
                0,
                done,
                request.questions().size(),
                Double.NaN,
                0));
    }
}
