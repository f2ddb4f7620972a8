package org.selgen.stage;

import java.io.Serializable;
import java.util.List;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.RunSpec;

/**
 * Questions to one run.
 *
 * @param experiment says how they are answered
 * @param run which run
 * @param model folder of the base model
 * @param adapter folder of the run's adapter; empty for the base model
 * @param questions to answer
 */
public record GenerationRequest(Experiment experiment, Run run, String model, String adapter, List<Question> questions)
        implements Serializable {
    String title() {
        return RunSpec.title(run);
    }
}
