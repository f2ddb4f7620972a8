package org.selgen.stage;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.selgen.cluster.TaskResult;
import org.selgen.cluster.TaskScheduler;
import org.selgen.experiment.SharedModel;
import org.selgen.judge.Completion;
import org.selgen.judge.JudgeModel;
import org.selgen.judge.Rubric.Mode;
import org.selgen.spark.LocalChatJudge;

/**
 * A model of ours as a judge, on the executors: each prompt is a task, as many at once as the cluster has slots. The model
 * is in the memory of an executor from its first prompt on.
 */
public final class ClusterJudge implements JudgeModel {
    private final JavaSparkContext spark;
    private final String folder; // path or URI that executors reach
    private final String name;

    public ClusterJudge(JavaSparkContext spark, String folder, String name) {
        this.spark = spark;
        this.folder = folder;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int atOnce() {
        return spark.defaultParallelism();
    }

    @Override
    public Completion complete(String prompt, Mode mode) throws Unanswered {
        TaskScheduler.Work<String, Reply> work = work(folder, name, mode);
        Reply reply = spark.parallelize(List.of(prompt), 1)
                .map(one -> TaskResult.of(() -> work.apply(one)))
                .first()
                .get();
        Completion completion = reply.completion();
        if (completion == null) {
            throw new Unanswered(reply.unanswered(), "");
        }
        return completion;
    }

    private static TaskScheduler.Work<String, Reply> work(String folder, String name, Mode mode) {
        return prompt -> {
            try (LocalChatJudge judge = LocalChatJudge.open(SharedModel.local(folder, ""), name)) {
                return new Reply(judge.complete(prompt, mode), "");
            } catch (Unanswered e) { // of this prompt alone
                return new Reply(null, String.valueOf(e.getMessage()));
            }
        };
    }

    private record Reply(@Nullable Completion completion, String unanswered) implements Serializable {}
}
