package org.selgen.stage;

import org.selgen.cluster.Progress;
import org.selgen.data.Generation;
import org.selgen.data.Stage;

/** Tells the driver of answers as they are made, and while they are. */
final class GenerateProgress implements Engine.GenerationListener {
    private final Heartbeat heartbeat = new Heartbeat();
    private final GenerationRequest request;
    private final long answers;
    private long done;
    private long tokens;

    GenerateProgress(GenerationRequest request) {
        this.request = request;
        this.answers = request.asked().size();
    }

    @Override
    public void accept(Generation made) {
        done++;
        if (done == answers) {
            heartbeat.now(message());
        }
    }

    @Override
    public void token() {
        tokens++;
        heartbeat.soon(this::message);
    }

    private Progress message() {
        return new Progress(Stage.GENERATE.column(), request.title(), 0, done, answers, Double.NaN, tokens);
    }
}
