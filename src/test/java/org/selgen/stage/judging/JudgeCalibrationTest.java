package org.selgen.stage.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Calibration;
import org.selgen.judge.calibration.Calibrations;

class JudgeCalibrationTest {
    private static final String ROWS = """
            {"question": "What is 2 + 3?", "gold": "5", "answer": "It is 5.", "label": "correct", "group": "a"}
            {"question": "What is 2 + 4?", "gold": "6", "answer": "Not 5 but 6.", "label": "correct", "group": "b"}
            {"question": "What is 2 + 5?", "gold": "7", "answer": "It is 8.", "label": "wrong", "group": "c"}
            {"question": "What is 2 + 6?", "gold": "8", "answer": "It is 8, as 2 + 6.", "label": "correct", "group": "d"}
            """;

    @TempDir
    private Path folder;

    /** One that reads the last number alone is wrong on the last row; the other is right on all. */
    @Test
    void twoJudgesAreComparedWithPeopleAndWithEachOther() throws IOException {
        Path rows = Files.writeString(folder.resolve("gold.jsonl"), ROWS);
        Path judges = Files.writeString(
                folder.resolve("judges.yaml"), "last-number: {rule: {right: {regex-match: {find: '([0-9]+)'}}}}");
        Path keep = folder.resolve("calibrations.jsonl");
        List<String> told = new ArrayList<>();
        new JudgeCalibration(rows, "maths", "last-number", judges, null, keep).run(told::add);
        List<Calibration> kept = Calibrations.read(List.of(keep)).all();
        assertThat(kept)
                .extracting(
                        each -> each.judge().replaceAll("@.*", ""),
                        each -> each.reference().replaceAll("@.*", ""))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("last-number", Calibration.PEOPLE),
                        org.assertj.core.groups.Tuple.tuple("maths", "last-number"),
                        org.assertj.core.groups.Tuple.tuple("maths", Calibration.PEOPLE));
        assertThat(kept).extracting(Calibration::agreement).containsExactly(0.75, 0.75, 1.0);
        // between the two: 3 of 4 alike, by chance 3/4 · 2/4 + 1/4 · 2/4 = 1/2
        assertThat(kept.get(1).kappa()).isEqualTo(0.5);
        assertThat(told)
                .anyMatch(line -> line.startsWith("maths@") && line.contains(" beside last-number@"))
                .anyMatch(line -> line.contains("line 4: last-number@") && line.contains(" wrong, maths@"));
    }
}
