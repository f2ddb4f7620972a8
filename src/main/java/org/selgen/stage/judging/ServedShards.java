package org.selgen.stage.judging;

import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.selgen.cluster.DriverChannel;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.LostExecutors;
import org.selgen.cluster.RowTasks;
import org.selgen.data.Question;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.Rubric;
import org.selgen.judge.endpoint.CallDesk;
import org.selgen.judge.endpoint.DeskMessages;
import org.selgen.judge.endpoint.DeskMessages.Channel;
import org.selgen.judge.endpoint.Endpoint;
import org.selgen.judge.endpoint.EndpointSession;

/** Judging by a model behind an endpoint, which executors call, each call by leave of the driver's desk. */
record ServedShards(JavaSparkContext spark, Rubric rubric, Endpoint endpoint, CallDesk desk) {
    private static final int FEWEST_CALLS = 16; // of a task
    private static final int FEWEST_THREADS = 16;

    /** Returns when all tasks are done. */
    void run(AskedAnswers answers, long calls, String docket, Broadcast<Map<List<String>, Question>> questions) {
        DeskMessages messages = new DeskMessages(desk, endpoint, channel(spark.getConf()));
        long slots = Gpus.slots(spark);
        try (DriverChannel.Registration service = DriverChannel.serve(messages::answer);
                LostExecutors lost = LostExecutors.listen(spark, desk::lose)) {
            int tasks = (int) Math.max(1, Math.min(slots, (calls + FEWEST_CALLS - 1) / FEWEST_CALLS));
            JudgeShard.Opening opening = opening(rubric, endpoint, service.id(), threads(endpoint.atOnce(), tasks));
            RowTasks.run(answers.partitions(tasks), new JudgeShard(opening, docket, questions));
        }
    }

    /** Calls that each task has ready: twice its share, so that none that tells its verdict, or is ahead, leaves a place empty. */
    private static int threads(int atOnce, int tasks) {
        return Math.min(2 * atOnce, Math.max(FEWEST_THREADS, (2 * atOnce + tasks - 1) / tasks));
    }

    private static JudgeShard.Opening opening(Rubric rubric, Endpoint endpoint, String service, int threads) {
        return () -> {
            EndpointSession session = new EndpointSession(
                    endpoint, DriverChannel.task(), threads, message -> DriverChannel.ask(service, message));
            return new OpenJudge(new LlmJudge(rubric, session.model()), session.model(), session);
        };
    }

    /** Who can read what driver and executors tell one another. */
    static Channel channel(SparkConf conf) {
        boolean here = conf.get("spark.master").matches("local(\\[.*])?")
                || conf.get("spark.driver.host", "").matches("localhost|127\\..*|::1");
        boolean secret = conf.getBoolean("spark.authenticate", false)
                && (conf.getBoolean("spark.network.crypto.enabled", false)
                        || conf.getBoolean("spark.authenticate.enableSaslEncryption", false));
        return here || secret ? Channel.PRIVATE : Channel.READABLE;
    }
}
