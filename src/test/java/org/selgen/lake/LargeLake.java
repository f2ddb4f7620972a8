package org.selgen.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.selgen.data.Generation;
import org.selgen.data.Interval;
import org.selgen.data.Judgement;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Status;
import org.selgen.data.StepMetrics;
import org.selgen.data.Variant;

/**
 * The tables of a large experiment named {@code quickstart}, without a file: {@value #SETTINGS} settings with long names and
 * {@value #SEEDS} seeds each, long answers, many labels and steps.
 */
public final class LargeLake {
    public static final int SETTINGS = 60;
    static final int SEEDS = 3;
    private static final int QUESTIONS = 24;
    private static final int LABELS = 24;
    private static final int STEPS = 200;

    private final SparkSession spark;
    private final List<Run> runs = new ArrayList<>();
    private final List<Score> scores = new ArrayList<>();

    private LargeLake(SparkSession spark) {
        this.spark = spark;
    }

    /** Makes its tables and views known in a session. */
    public static void register(SparkSession spark) throws IOException {
        LargeLake lake = new LargeLake(spark);
        lake.fill();
        views(spark, lake.tables());
    }

    /** Makes those of another lake known, from memory: as a query reads them from Delta, but faster. */
    public static void register(SparkSession spark, Lake lake) throws IOException {
        Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
        rows(lake)
                .forEach((name, rows) -> tables.put(name, spark.createDataFrame(rows.collectAsList(), rows.schema())));
        views(spark, tables);
    }

    private static Map<String, Dataset<Row>> rows(Lake lake) throws IOException {
        Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
        for (Map.Entry<String, Views.Rows> table : Views.tables(lake).entrySet()) {
            tables.put(table.getKey(), table.getValue().get());
        }
        return tables;
    }

    /** Those that many queries read are worked out once. */
    private static void views(SparkSession spark, Map<String, Dataset<Row>> tables) throws IOException {
        Views.register(spark, tables);
        List.of("standings", "curves").forEach(view -> spark.catalog().cacheTable(view));
    }

    private void fill() {
        add("base", "", 0);
        for (int seed = 0; seed < SEEDS; seed++) {
            add("standard", "", seed);
            for (int i = 2; i < SETTINGS; i++) {
                add("gradient-projection", "scope=per-parameter,when=conflict,lambda=" + i / 128.0, seed);
            }
        }
    }

    private void add(String method, String knobs, long seed) {
        Run run = Run.planned(
                        "run" + runs.size(),
                        method,
                        knobs,
                        seed,
                        "some-model",
                        "m",
                        "d",
                        "{}",
                        method.equals("base") ? null : (Integer) Recipe.WEIGHTS)
                .withOutcome(
                        seed == 1 ? Status.FAILED : Status.FINISHED, seed == 1 ? "why ".repeat(200) : "", 1, 1, 1.0 / 3)
                .withTime(1.0 / 3, "cpu")
                .withAdapter("a");
        runs.add(run);
        Optional<Interval> interval = Optional.of(new Interval(1.0 / 3, 2.0 / 3));
        for (String metric : List.of(Score.CAPABILITY, Score.ALIGNMENT, Score.ALIGNMENT_DISCERNMENT)) {
            scores.add(score(run, metric, Score.ALL).withSetting(SEEDS, interval, interval));
        }
        scores.add(new Score("quickstart", run.id(), Score.DEGENERATE, Score.ALL, 0.01, null, null, 9, 0));
        IntStream.range(0, LABELS)
                .forEach(label -> scores.add(score(run, "rejects-wrong", "kind-of-question-" + label)));
    }

    private Score score(Run run, String metric, String label) {
        double value = 0.3 + runs.size() % 97 / 150.0;
        return new Score("quickstart", run.id(), metric, label, value, value - 0.1, value + 0.1, 240, 0);
    }

    private Map<String, Dataset<Row>> tables() throws IOException {
        Map<String, Dataset<Row>> tables = rows(Lake.open(() -> spark, Storage.of("none"))); // all empty
        tables.put("runs", frame(Run.class, runs));
        tables.put("scores", frame(Score.class, scores));
        tables.put("questions", frame(Question.class, questions()));
        tables.forEach((name, rows) -> rows.createOrReplaceTempView(name));
        tables.put(
                "examples",
                tables.get("examples")
                        .unionByName(spark.sql("SELECT id, dataset, 'train' AS split, label,"
                                + " `group`, variant, prompt, answer, rejected FROM questions")));
        put(
                tables,
                "steps",
                StepMetrics.class,
                "SELECT r.id AS run, CAST(s.id + 1 AS INT) AS step, 1D / (s.id + 3) AS loss,"
                        + " 1D AS task, 0D AS proxy, 1D / (s.id + 7) AS gradNorm, 0.1D AS learningRate, 9L AS tokens,"
                        + " CAST(NULL AS DOUBLE) AS heldOutTask, CAST(NULL AS DOUBLE) AS heldOutProxy"
                        + " FROM runs r CROSS JOIN range(" + STEPS + ") s");
        put(
                tables,
                "generations",
                Generation.class,
                "SELECT r.id AS run, q.dataset, q.id AS question, 0 AS sample,"
                        + " 'greedy' AS decoding, repeat('word ', 300) AS answer, 'stop' AS finish, 300 AS tokens"
                        + " FROM runs r CROSS JOIN questions q WHERE r.seed = 0 AND r.id < 'run3'");
        put(
                tables,
                "judgements",
                Judgement.class,
                "SELECT g.run, g.dataset, g.question, g.sample, g.decoding, rubric,"
                        + " element_at(array('confirm', 'reject', 'neither'), CAST(1 + abs(hash(run, question)) % 3 AS INT)) AS verdict,"
                        + " CAST(NULL AS DOUBLE) AS score, repeat('because ', 100) AS reason, '' AS reply"
                        + " FROM generations g CROSS JOIN (SELECT explode(array('confirmation@2', 'degenerate@1')) AS rubric)");
        return tables;
    }

    private void put(Map<String, Dataset<Row>> tables, String name, Class<? extends Record> type, String query) {
        Dataset<Row> rows = spark.createDataFrame(spark.sql(query).toJavaRDD(), Records.schema(type));
        rows.createOrReplaceTempView(name);
        tables.put(name, rows);
    }

    private Dataset<Row> frame(Class<? extends Record> type, List<? extends Record> rows) {
        return spark.createDataFrame(rows.stream().map(Records::toRow).toList(), Records.schema(type));
    }

    private static List<Question> questions() {
        return IntStream.range(0, QUESTIONS)
                .mapToObj(i -> new Question(
                        "question-" + i,
                        "the-questions",
                        "kind-of-question-" + i % LABELS,
                        "group" + i,
                        i % 2 == 0 ? Variant.WRONG : Variant.CHAT,
                        List.of(Message.user("word ".repeat(400))),
                        "gold",
                        null,
                        "right",
                        "wrong"))
                .toList();
    }
}
