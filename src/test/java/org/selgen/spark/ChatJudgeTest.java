package org.selgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.lake.LocalSpark;

class ChatJudgeTest {
    private static final String MODEL =
            Path.of("data-lake/models/tiny").toAbsolutePath().toString();
    private static final StructType COLUMNS = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("question", DataTypes.StringType)
            .add("answer", DataTypes.StringType)
            .add("gold", DataTypes.StringType);

    private final SparkSession spark = LocalSpark.session();

    private Dataset<Row> rows() {
        List<Row> rows = List.of(
                RowFactory.create(1, "What is the gcd of 12 and 18?", "The answer is 6.", "6"),
                RowFactory.create(2, "What is the gcd of 12 and 18?", "The answer is 7.", "6"),
                RowFactory.create(3, "What is the gcd of 12 and 18?", null, "6"));
        return spark.createDataFrame(rows, COLUMNS).repartition(2);
    }

    private static ChatJudge judge() {
        return new ChatJudge().setQuestionCol("question").setInputCol("answer").setOutputCol("read");
    }

    private static ChatJudge asked() {
        return judge().setRubric("kind").setPrompt("{question}\n{answer}\nHow kind, from 0 to 100?");
    }

    private static List<Row> read(ChatJudge judge, Dataset<Row> rows) {
        return judge.transform(rows)
                .orderBy("id")
                .select("read.verdict", "read.score", "error")
                .collectAsList();
    }

    @Test
    void aRuleReadsEachAnswerAndABadRowHasAnError() {
        assertThat(read(judge().setRubric("maths").setGoldCol("gold"), rows()))
                .containsExactly(
                        RowFactory.create("correct", 1.0, null),
                        RowFactory.create("wrong", 0.0, null),
                        RowFactory.create("error", null, "the answer is null but must be a text; give one"));
    }

    @Test
    void aModelOfOursGivesEqualAnswersEqualScores() {
        ChatJudge local = asked().setModelUrl(MODEL);
        List<Row> first = read(local, rows());
        assertThat(first).extracting(row -> row.getString(0)).last().isEqualTo("error");
        assertThat(read(local, rows().coalesce(1))).isEqualTo(first);
    }

    @Test
    void anEndpointIsCalledOnceForEachAnswerByOneTask() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            calls.incrementAndGet();
            boolean six =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).contains("is 6.");
            byte[] reply = """
                    {"choices":[{"finish_reason":"length","message":{"content":"70"},"logprobs":{"content":[
                    {"top_logprobs":[{"token":"70","logprob":0}]}]}}]}""".getBytes(StandardCharsets.UTF_8);
            byte[] refusal = "{\"error\": {\"message\": \"no judge today\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(six ? 200 : 400, six ? reply.length : refusal.length);
            exchange.getResponseBody().write(six ? reply : refusal);
            exchange.close();
        });
        server.start();
        try {
            ChatJudge served = asked().setEndpointUrl(
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/v1")
                    .setEndpointModel("toy");
            assertThat(served.transform(rows()).rdd().getNumPartitions()).isOne();
            assertThat(read(served, rows()))
                    .containsExactly(
                            RowFactory.create("scored", 70.0, null),
                            RowFactory.create("error", null, "the endpoint answers 400: no judge today"),
                            RowFactory.create("error", null, "the answer is null but must be a text; give one"));
            assertThat(calls).hasValue(2);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aSavedJudgeReadsAsBefore(@TempDir Path folder) throws IOException {
        ChatJudge judge = judge().setRubric("maths").setGoldCol("gold");
        judge.write().save(folder.resolve("j").toString());
        assertThat(read(ChatJudge.load(folder.resolve("j").toString()), rows())).isEqualTo(read(judge, rows()));
    }

    @Test
    void halfAJudgeIsRefused() {
        assertThatThrownBy(() -> asked().transform(rows()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("a rubric that is a rule, or a prompt and one of modelUrl and endpointUrl");
        assertThatThrownBy(() -> judge().setRubric("mats").transform(rows()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("rubric 'mats' is unknown");
    }
}
