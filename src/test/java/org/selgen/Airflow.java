package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The DAG walked as Airflow would, without Airflow: needs python3 with PyYAML. */
record Airflow(Path home) {
    static final Path DAG = Path.of("jobs/airflow/selgen_dag.py").toAbsolutePath();
    private static final Path WALK =
            Path.of("src/test/resources/org/selgen/airflow/walk.py").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** With a distribution laid out in a folder; says so where there is no python3. */
    static Airflow in(Path home) throws IOException, InterruptedException {
        Airflow airflow = new Airflow(home);
        CommandResult outcome;
        try {
            outcome = airflow.run(Map.of(), List.of("python3", "-c", "import yaml"));
        } catch (IOException e) {
            outcome = new CommandResult(127, "there is no python3");
        }
        assumeTrue(
                outcome.code() == 0,
                "NOT CHECKED: the Airflow DAG; it needs python3 with PyYAML: "
                        + outcome.said().strip());
        Distribution.lay(home);
        return airflow;
    }

    /** What it would submit, and its tasks, with these parameters. */
    JsonNode walk(int airflow, String params) throws Exception {
        CommandResult outcome = run(environment(), walking(airflow, DAG, params));
        assertThat(outcome.code()).as(outcome.said()).isZero();
        return JSON.readTree(outcome.said());
    }

    List<String> walking(int airflow, Path dag, String params) {
        return List.of(
                "python3",
                "-B",
                WALK.toString(),
                String.valueOf(airflow),
                dag.toString(),
                params,
                "{\"spark_default\": \"local[1]\"}");
    }

    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("SELGEN_HOME", home.toString());
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        environment.put("PATH", home.resolve("spark/bin") + ":" + System.getenv("PATH"));
        return environment;
    }

    static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::textValue).toList();
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    record CommandResult(int code, String said) {}

    CommandResult run(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        Process process =
                builder.redirectErrorStream(true).directory(home.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandResult(process.waitFor(), said);
    }
}
