package org.selgen.experiment;

import java.io.Serializable;
import org.selgen.data.Run;

/** One run to be made. A value that travels to executors as it is. */
public sealed interface RunSpec extends Serializable {
    /** The method that the table runs names for the base model. */
    String BASE = "base";

    /** The method that the table runs names for the previous stage. */
    String START = "start";

    /** The row to be, with all that is known before; its result is blank. */
    Run run();

    /** The base model, untrained. */
    record Base(Run run) implements RunSpec {}

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
        return run.method() + knobs + (run.method().equals(BASE) ? "" : " seed=" + run.seed());
    }
}
