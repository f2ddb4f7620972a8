package org.selgen.stage;

import java.io.IOException;
import org.selgen.experiment.ConfiguredJudges;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.JudgeConfig;
import org.selgen.experiment.SharedModel;
import org.selgen.judge.JudgeModel;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.endpoint.HttpChatModel;
import org.selgen.spark.LocalChatJudge;

/**
 * A model that judges, ready to work.
 *
 * @param judge the judge
 * @param model what it asks
 * @param closing what is to be closed after it
 */
record OpenJudge(LlmJudge judge, JudgeModel model, AutoCloseable closing) implements AutoCloseable {
    /** The judge of that name, in this process or behind its endpoint. */
    static OpenJudge inProcess(ConfiguredJudges judges, String name) throws IOException {
        if (judges.config(name) instanceof JudgeConfig.Local local) {
            LocalChatJudge model = LocalChatJudge.open(judges.folder(local), judges.localName(local));
            return new OpenJudge(new LlmJudge(judges.rubricOf(local), model), model, model);
        }
        return served(judges, name);
    }

    /** The judge of that name, on the executors or behind its endpoint. */
    static OpenJudge onExecutors(ExperimentContext context, String name) throws IOException {
        ConfiguredJudges judges = context.catalog().judges();
        if (judges.config(name) instanceof JudgeConfig.Local local) {
            ClusterJudge model = new ClusterJudge(
                    context.spark(), SharedModel.of(context.lake(), judges.folder(local)), judges.localName(local));
            return new OpenJudge(new LlmJudge(judges.rubricOf(local), model), model, () -> {});
        }
        return served(judges, name);
    }

    private static OpenJudge served(ConfiguredJudges judges, String name) throws IOException {
        JudgeConfig.Llm llm = (JudgeConfig.Llm) judges.config(name);
        HttpChatModel model = new HttpChatModel(llm.endpoint());
        return new OpenJudge(new LlmJudge(judges.rubricOf(llm), model), model, () -> {});
    }

    @Override
    public void close() throws IOException {
        try {
            closing.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
