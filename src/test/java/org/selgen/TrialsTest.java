package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.judge.JudgeFile;
import org.selgen.judge.Judges;

/** The trials give their right results. One method each; {@code mvn test -Dtest=TrialsTest -Dtrials.dir=DIR}. */
class TrialsTest {
    private static final double RIGHT = 0.98;

    @TempDir
    private Path folder;

    /** Trials 06, 07 and 18: the verdict that a person gives stands in the row. */
    @ParameterizedTest
    @CsvSource({"06, confirmation", "07, maths", "18, confirmation"})
    void rulesGiveTheVerdictsOfAPerson(String trial, String rule) throws IOException {
        Path output = folder.resolve("verdicts.jsonl");
        JudgeFile.judge(Trials.folder(trial).resolve("answers.jsonl"), Judges.named(rule), output);
        List<JsonNode> rows = Trials.rows(output);
        List<JsonNode> missed = rows.stream()
                .filter(row -> !row.path("verdict").equals(row.path("expected")))
                .toList();
        assertThat(missed.size()).as("of %d rows: %s", rows.size(), missed).isLessThanOrEqualTo((int)
                ((1 - RIGHT) * rows.size()));
    }
}
