package org.selgen.report.share;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form alone; that Inspect itself reads it is tested by {@code InspectIT}. */
class InspectLogTest {
    @TempDir
    Path folder;

    private final Map<String, JsonNode> entries = new LinkedHashMap<>();

    @BeforeEach
    void write() throws IOException {
        MadeAnswers.write(folder.resolve("a.eval"));
        try (ZipFile zip = new ZipFile(folder.resolve("a.eval").toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                entries.put(entry.getName(), new ObjectMapper().readTree(zip.getInputStream(entry)));
            }
        }
    }

    @Test
    void anAnswerIsASampleAndASummary() {
        assertThat(entries.keySet())
                .hasSize(3 + 8)
                .contains("_journal/start.json", "summaries.json", "header.json", "samples/set:q0_epoch_1.json");
        assertThat(entries.get("summaries.json")).hasSize(8);
    }

    @Test
    void anIdNamesNoFolder() {
        assertThat(entries.keySet()).contains("samples/set:a_b_c_epoch_2.json").noneMatch(name -> name.contains("\\"));
        assertThat(entries.get("samples/set:a_b_c_epoch_2.json").path("id").asText())
                .isEqualTo("set:a_b_c");
    }

    @Test
    void aScoreIsTheJudgesNumberElseItsVerdict() {
        JsonNode scores = entries.get("samples/set:q0_epoch_1.json").path("scores");
        assertThat(scores.path("confirmation@1").path("value").asText()).isEqualTo("reject");
        assertThat(scores.path("rated@1").path("value").asDouble()).isEqualTo(85.5);
        assertThat(scores.path("rated@1").path("explanation").asText()).isEqualTo("it says no");
    }

    @Test
    void aSampleHasTheWholeAnswerAndItsSummaryTheBeginning() {
        JsonNode sample = entries.get("samples/set:q2_epoch_1.json");
        assertThat(sample.path("output").path("completion").asText()).hasSize(25_000);
        assertThat(sample.path("output")
                        .path("choices")
                        .get(0)
                        .path("stop_reason")
                        .asText())
                .isEqualTo("max_tokens");
        assertThat(entries.get("summaries.json").toString().length()).isLessThan(30_000);
    }

    @Test
    void theHeaderHasTheScoresOfTheRun() {
        JsonNode header = entries.get("header.json");
        assertThat(header.path("status").asText()).isEqualTo("success");
        assertThat(header.path("results").path("total_samples").asInt()).isEqualTo(8);
        JsonNode score = header.path("results").path("scores").get(0);
        assertThat(score.path("name").asText()).isEqualTo("alignment");
        assertThat(score.path("metrics").path("high").path("value").asDouble()).isEqualTo(0.9);
    }

    @Test
    void equalAnswersGiveEqualLogs() throws IOException {
        MadeAnswers.write(folder.resolve("b.eval"));
        assertThat(folder.resolve("b.eval")).hasSameBinaryContentAs(folder.resolve("a.eval"));
    }
}
