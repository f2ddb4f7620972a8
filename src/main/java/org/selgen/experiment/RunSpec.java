package org.selgen.experiment;

import java.io.Serializable;
import java.util.List;
import org.selgen.data.Run;
import org.selgen.method.Method;
import org.selgen.method.Standard;
import org.selgen.train.Training;

/**
 * One run to be made. Holds what an executor needs, in a form that travels.
 *
 * @param experiment the experiment as YAML, every setting applied
 * @param method which of the experiment's methods; {@link #UNTRAINED} for the base model, {@link #BEFORE} for the stage before
 * @param parent id of the run whose adapter this one begins from; empty where it begins from nothing
 * @param training id of the training that leaves it, and other runs at other epochs: that of its last epoch's run
 * @param epoch at the end of which epoch of the training
 * @param run the row to be, with all that is known before; its result is blank
 */
public record RunSpec(String experiment, int method, String parent, String training, int epoch, Run run)
        implements Serializable {
    public static final String BASE = "base";
    static final String START = "start";
    static final int UNTRAINED = -1;
    static final int BEFORE = -2;

    /** What stands behind the base model's folder name in that of its unaligned sibling. */
    public static final String UNALIGNED = "-unaligned";

    /** The base model, the stage before where there is one, then each method with each seed at each epoch. */
    public static List<RunSpec> of(
            Experiment experiment, String yaml, RunMatrix.Models models, RunMatrix.Hashes hashes) {
        return new RunMatrix(experiment, yaml, models, hashes).all();
    }

    public boolean base() {
        return method == UNTRAINED;
    }

    /** Whether it is of the stage before. */
    public boolean before() {
        return method == BEFORE;
    }

    /** What it is trained by: in the stage before, the standard method. */
    public Method taught(Experiment stated) {
        return method == BEFORE ? new Standard() : stated.methods().get(method);
    }

    /** How it is trained. */
    public Training loop(Experiment stated) {
        return method == BEFORE ? stated.training().ofEpochs(epoch) : stated.training();
    }

    /** How a person names the run: method, knobs and seed. */
    public String title() {
        return title(run);
    }

    public static String title(Run run) {
        String knobs = run.knobs().isEmpty() ? "" : " " + run.knobs();
        return run.method() + knobs + (run.method().equals(BASE) ? "" : " seed=" + run.seed());
    }
}
