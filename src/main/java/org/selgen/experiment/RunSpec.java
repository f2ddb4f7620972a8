package org.selgen.experiment;

import java.io.Serializable;
import java.util.Map;
import org.selgen.data.Run;
import org.selgen.file.Fingerprint;
import org.selgen.method.External;

/** One run to be made. A value that travels to executors as it is. */
public sealed interface RunSpec extends Serializable {
    /** The method that the table runs names for the base model. */
    String BASE = Run.BASE;

    /** The method that the table runs names for the previous stage. */
    String START = "start";

    /** The row to be, with all that is known before; its result is blank. */
    Run run();

    /** The base model, untrained. */
    record Base(Run run) implements RunSpec {}

    /** What other tools have made; it is asked, and never trained. */
    record Given(Run run, External external) implements RunSpec {
        /**
         * One run, whatever the seeds: its contents and name decide it, and how it is asked.
         *
         * @param content hash of the adapter or model
         * @param base the run of the experiment's base model
         */
        static Given of(External external, String content, Run base) {
            boolean adapter = !external.adapter().isEmpty();
            String hash = adapter ? base.modelHash() : content;
            String id = Fingerprint.of(Map.of(
                    "method",
                    Run.EXTERNAL,
                    "knobs",
                    external.knobs(),
                    "content",
                    content,
                    "modelHash",
                    hash,
                    "settings",
                    base.settings()));
            String model = adapter ? base.model() : external.model();
            return new Given(
                    Run.planned(id, Run.EXTERNAL, external.knobs(), 0, model, hash, "", base.settings(), base.recipe())
                            .withRevision(adapter ? base.revision() : null),
                    external);
        }
    }

    /**
     * What a training leaves at the end of an epoch.
     *
     * @param epoch counted from 1
     */
    record Trained(Run run, TrainingSpec training, int epoch) implements RunSpec {}

    /** How a person names the run: method, knobs and seed. */
    default String title() {
        return title(run());
    }

    /** The same of a row. */
    static String title(Run run) {
        String knobs = run.knobs().isEmpty() ? "" : " " + run.knobs();
        return run.method() + knobs + (run.seeded() ? " seed=" + run.seed() : "");
    }
}
