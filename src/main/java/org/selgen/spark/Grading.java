package org.selgen.spark;

import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.selgen.judge.Judge;
import org.selgen.judge.Judges;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.Rubric;
import org.selgen.judge.endpoint.Endpoint;
import org.selgen.judge.endpoint.HttpChatModel;
import org.selgen.tensor.DType;

/**
 * How a task judges, in a form that is sent to executors. It holds no key: the key is read where the calls are made.
 */
sealed interface Grading extends Serializable {
    /**
     * Opens the judge.
     *
     * @throws org.selgen.data.BadInput if the judge's model or key is missing
     */
    OpenGrading open();

    /** A judge, and its local model, which must be closed after it. */
    record OpenGrading(Judge judge, @Nullable LocalChatJudge model) implements AutoCloseable {
        @Override
        public void close() {
            if (model != null) {
                model.close();
            }
        }
    }

    /** The rule of that name. */
    record ByRule(String name) implements Grading {
        @Override
        public OpenGrading open() {
            return new OpenGrading(Judges.named(name), null);
        }
    }

    /** A local model in a folder. */
    record ByModel(Rubric rubric, String folder, DType type) implements Grading {
        @Override
        public OpenGrading open() {
            Path model = Path.of(folder);
            LocalChatJudge judge = LocalChatJudge.open(model, String.valueOf(model.getFileName()));
            return new OpenGrading(new LlmJudge(rubric, judge), judge);
        }
    }

    /** A model behind an endpoint. */
    record Served(Rubric rubric, Endpoint endpoint) implements Grading {
        @Override
        public OpenGrading open() {
            return new OpenGrading(new LlmJudge(rubric, new HttpChatModel(endpoint)), null);
        }
    }
}
