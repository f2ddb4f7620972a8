package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;

class JudgeFileTest {
    @TempDir
    private Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void names() {
        input = folder.resolve("answers.jsonl");
        output = folder.resolve("out/verdicts.jsonl");
    }

    @Test
    void everyRowKeepsItsFieldsAndGetsVerdictAndReason() throws IOException {
        Files.writeString(
                input, "{\"id\": 7, \"question\": \"is it 6 ?\", \"answer\": \"no , it is 8 .\", \"tags\": [\"a\"]}\n");
        JudgeFile.judge(input, Judges.named("confirmation"), output);
        assertThat(output)
                .hasContent("{\"id\":7,\"question\":\"is it 6 ?\",\"answer\":\"no , it is 8 .\",\"tags\":[\"a\"],"
                        + "\"verdict\":\"reject\",\"reason\":\"no , it is 8 .\"}");
    }

    @Test
    void verdictsAreCounted() throws IOException {
        Files.writeString(input, """
                {"question": "4 + 31?", "answer": "35", "gold": 35}

                {"question": "207 mod 7?", "answer": "It is 11.", "gold": "4", "mod": 7}
                {"question": "4 + 31?", "answer": "no idea", "gold": "35", "mod": null}
                """);
        assertThat(JudgeFile.judge(input, Judges.named("maths"), output))
                .containsEntry("correct", 2L)
                .containsEntry("none", 1L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"question": "q"}                                        | line 2: field 'answer' is missing but must be a text; correct the row
            {"question": 1, "answer": "a", "gold": "1"}              | line 2: field 'question' is 1 but must be a text; correct the row
            {"question": "q", "answer": "a"}                         | line 2: field 'gold' is missing but must be the right answer, a text or a number, which the rubric maths needs; correct the row
            {"question": "q", "answer": "a", "gold": "1", "mod": 0}  | line 2: field 'mod' is 0 but must be a whole number of at least 1, or null; correct the row
            [1]                                                      | line 2 is not a JSON object; write one object a line
            """)
    void aBadRowIsNamedByFileLineAndField(String row, String message) throws IOException {
        Files.writeString(input, "{\"question\": \"q\", \"answer\": \"1\", \"gold\": \"1\"}\n" + row + "\n");
        assertThatThrownBy(() -> JudgeFile.judge(input, Judges.named("maths"), output))
                .isInstanceOf(BadInput.class)
                .hasMessage(input + " " + message);
    }

    @Test
    void textThatIsNotJsonIsNamedByItsLine() throws IOException {
        Files.writeString(input, "{\"question\": \n");
        assertThatThrownBy(() -> JudgeFile.judge(input, Judges.named("confirmation"), output))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(input + " line 1 is not JSON: ");
    }

    @Test
    void aBadRowLeavesNoOutputBehind() throws IOException {
        Files.writeString(input, "{\"question\": \"q\", \"answer\": \"yes\"}\nnonsense\n");
        assertThatThrownBy(() -> JudgeFile.judge(input, Judges.named("confirmation"), output))
                .isInstanceOf(BadInput.class);
        try (Stream<Path> left = Files.list(output.getParent())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anEmptyFileIsBadInput() throws IOException {
        Files.writeString(input, "\n");
        assertThatThrownBy(() -> JudgeFile.judge(input, Judges.named("confirmation"), output))
                .hasMessage("input file " + input + " has no rows; give at least one line with question and answer");
    }

    @Test
    void aMissingFileIsBadInput() {
        assertThatThrownBy(() -> JudgeFile.judge(input, Judges.named("confirmation"), output))
                .hasMessage("input file " + input + " does not exist; give a JSONL file of answers");
    }

    @Test
    void anUnknownRubricNamesTheKnownOnes() {
        assertThatThrownBy(() -> Judges.named("confirmations"))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "rubric 'confirmations' is unknown; choose one of confirmation@3, maths@3, degenerate@1, recklessness@1");
    }

    @Test
    void aRubricIsFoundWithItsVersionToo() {
        assertThat(Judges.named("maths@3")).isInstanceOf(MathsAnswer.class);
    }
}
