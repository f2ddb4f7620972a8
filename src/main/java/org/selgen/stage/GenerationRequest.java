package org.selgen.stage;

import java.util.List;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.Experiment;
import org.selgen.lm.Decoding;

/**
 * Questions to one run.
 *
 * @param experiment says how they are answered
 * @param run which run
 * @param model folder of the base model
 * @param adapter folder of the run's adapter; empty for the base model
 * @param title what progress calls it
 * @param asked to answer
 * @param batch answers made at once, at most
 */
public record GenerationRequest(
        Experiment experiment, Run run, String model, String adapter, String title, List<Asked> asked, int batch) {
    /**
     * One answer to be made.
     *
     * @param sample counted from 0
     */
    public record Asked(Question question, int sample) {
        /** Depends on the question and the sample alone, so that an answer does not depend on what else is asked. */
        long seed(Decoding decoding) {
            return decoding.seedOf(question.dataset(), question.id(), sample);
        }

        /** Characters of the question. */
        int length() {
            return question.prompt().stream()
                    .mapToInt(turn -> turn.content().length())
                    .sum();
        }
    }
}
