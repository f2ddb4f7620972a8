package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Run;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;

/** The DAG as Airflow 2 and 3 import it, and the commands it submits, done. Says so where there is no python3. */
class AirflowDagTest {
    private static final Path DAG = Path.of("jobs/airflow/selgen_dag.py").toAbsolutePath();
    private static final Path WALK =
            Path.of("src/test/resources/org/selgen/airflow/walk.py").toAbsolutePath();
    private static final List<String> STAGES = List.of("prepare", "train", "generate", "judge", "score", "report");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path home;

    @BeforeAll
    static void pythonIsThere() throws IOException, InterruptedException {
        CommandResult outcome;
        try {
            outcome = run(Map.of(), List.of("python3", "-c", "import yaml"));
        } catch (IOException e) {
            outcome = new CommandResult(127, "there is no python3");
        }
        assumeTrue(
                outcome.code() == 0,
                "NOT CHECKED: the Airflow DAG; it needs python3 with PyYAML: "
                        + outcome.said().strip());
        Distribution.lay(home);
    }

    @Test
    void theFileCompiles() throws Exception {
        CommandResult outcome = run(
                Map.of("PYTHONPYCACHEPREFIX", home.toString()),
                List.of("python3", "-W", "error", "-m", "py_compile", DAG.toString()));
        assertThat(outcome.code()).as(outcome.said()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void everyStageFollowsTheOneBefore(int airflow) throws Exception {
        Map<String, JsonNode> tasks = tasks(walk(airflow, "{}"));
        assertThat(tasks.keySet()).containsAll(STAGES);
        for (int i = 1; i < STAGES.size(); i++) {
            assertThat(texts(tasks.get(STAGES.get(i)).get("upstream"))).contains(STAGES.get(i - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void gpusAndJudgesHavePoolsAndEveryTaskIsTriedAgain(int airflow) throws Exception {
        Map<String, JsonNode> tasks = tasks(walk(airflow, "{}"));
        assertThat(STAGES.stream().map(stage -> tasks.get(stage).get("pool").textValue()))
                .containsExactly("", "selgen_gpu", "selgen_gpu", "selgen_judge", "", "");
        assertThat(tasks.values()).allMatch(task -> task.get("retries").asInt() == 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void noDateDecidesAnythingAndOneRunWritesTheLake(int airflow) throws Exception {
        JsonNode walked = walk(airflow, "{}");
        assertThat(walked.get("dag").toString())
                .isEqualTo("{\"dag_id\":\"selgen\",\"schedule\":null,\"catchup\":false,\"max_active_runs\":1}");
        assertThat(tasks(walked).get("train").get("atOnce").asInt()).isEqualTo(1);
        assertThat(walked).isEqualTo(walk(airflow, "{}"));
        assertThat(Files.readString(DAG)).doesNotContain("logical_date", "data_interval", "execution_date", "now(");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void trainingIsMappedOverTheMethodsOfTheExperiment(int airflow) throws Exception {
        JsonNode walked = walk(airflow, "{}");
        assertThat(tasks(walked).get("train").get("mapped").booleanValue()).isTrue();
        assertThat(commands(walked).stream().filter(words -> words.contains("train")))
                .extracting(words -> words.get(words.size() - 1))
                .containsExactly(
                        "standard",
                        "mixed",
                        "upweight",
                        "kl-penalty",
                        "representation-constraint",
                        "gradient-projection",
                        "dpo",
                        "o-lora",
                        "safe-lora");
    }

    @Test
    void bothMajorsSubmitTheSame() throws Exception {
        assertThat(walk(2, "{}").get("submitted")).isEqualTo(walk(3, "{}").get("submitted"));
    }

    @Test
    void aKeywordThatTheOperatorLacksIsRefused() throws Exception {
        Path wrong = Files.writeString(
                home.resolve("wrong.py"), Files.readString(DAG).replace("\"java_class\"", "\"main_class\""));
        CommandResult outcome = run(environment(), walking(2, wrong, "{}"));
        assertThat(outcome.said()).contains("has no keyword 'main_class' in Airflow 2");
    }

    /** Real processes of spark-submit, one a command. */
    @Test
    @Tag("slow")
    void whatItSubmitsDoesTheExperimentAndRepeatedWorkChangesNothing() throws Exception {
        Path lake = home.resolve("lake");
        String params = """
                {"lake": "%s", "overrides": ["methods=[{safe-lora: {layers: 1, projector: orthogonal,
                plane: proxy-adapter}}, standard]", "seeds=[0]", "training.epochs=1", "data.task=[careful-toy]",
                "data.questions=[capital-toy-test]", "score.capability.labels=[capital]",
                "score.alignment.labels=[capital]", "decoding.maxTokens=16"]}
                """.formatted(lake).replace("\n", " ");
        JsonNode walked = walk(3, params);
        Lake filled = Lake.open(LocalSpark.session(), lake);
        List<Run> first = List.of();
        for (JsonNode one : walked.get("submitted")) {
            submit(one);
            first = first.isEmpty() ? filled.runs().read() : first;
        }
        assertThat(filled.runs().read())
                .extracting(run -> run.method() + " " + run.status())
                .containsExactlyInAnyOrder("base finished", "standard finished", "safe-lora finished");
        assertThat(lake.resolve("report/quickstart/index.html")).isRegularFile();
        // the first part trained what it begins from, so the second, like a retry, found all of its work done
        assertThat(filled.runs().read()).containsExactlyInAnyOrderElementsOf(first);
    }

    private static void submit(JsonNode one) throws Exception {
        Map<String, String> environment = environment();
        one.get("env")
                .fields()
                .forEachRemaining(e -> environment.put(e.getKey(), e.getValue().textValue()));
        List<String> words = new ArrayList<>(List.of("env")); // which looks in the PATH given here, not in ours
        words.addAll(texts(one.get("command")));
        CommandResult outcome = run(environment, words);
        assertThat(outcome.code()).as(outcome.said()).isZero();
    }

    private static JsonNode walk(int airflow, String params) throws Exception {
        CommandResult outcome = run(environment(), walking(airflow, DAG, params));
        assertThat(outcome.code()).as(outcome.said()).isZero();
        return JSON.readTree(outcome.said());
    }

    private static List<String> walking(int airflow, Path dag, String params) {
        return List.of(
                "python3",
                "-B",
                WALK.toString(),
                String.valueOf(airflow),
                dag.toString(),
                params,
                "{\"spark_default\": \"local[1]\"}");
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("SELGEN_HOME", home.toString());
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        environment.put("PATH", home.resolve("spark/bin") + ":" + System.getenv("PATH"));
        return environment;
    }

    private static Map<String, JsonNode> tasks(JsonNode walked) {
        Map<String, JsonNode> tasks = new TreeMap<>();
        walked.get("tasks").forEach(task -> tasks.put(task.get("id").textValue(), task));
        return tasks;
    }

    private static List<List<String>> commands(JsonNode walked) {
        return stream(walked.get("submitted"))
                .map(one -> texts(one.get("command")))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::textValue).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private record CommandResult(int code, String said) {}

    private static CommandResult run(Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        Process process =
                builder.redirectErrorStream(true).directory(home.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandResult(process.waitFor(), said);
    }
}
