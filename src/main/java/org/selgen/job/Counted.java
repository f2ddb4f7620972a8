package org.selgen.job;

import java.util.List;
import java.util.function.Consumer;
import org.selgen.data.Generation;
import org.selgen.job.Engine.Asking;

/** Tells the driver of answers as they are made. */
final class Counted implements Consumer<List<Generation>> {
    private final Asking asking;
    private long done;
    private long tokens;

    Counted(Asking asking) {
        this.asking = asking;
    }

    @Override
    public void accept(List<Generation> answers) {
        Told.stopIfKilled();
        done += answers.size();
        tokens += answers.stream().mapToLong(Generation::tokens).sum();
        ProgressPlugin.send(new Progress(
                "generate", asking.title(), done, asking.questions().size(), Double.NaN, tokens));
    }
}
