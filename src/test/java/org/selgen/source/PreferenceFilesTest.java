package org.selgen.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.Question;

class PreferenceFilesTest {
    private static final String HHH = """
            {"input":"Hi","targets":{"choices":["Go","Hello"],"labels":[0,1]}}""";

    @TempDir
    Path folder;

    private String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HhhJsonl hhh(double share, String... rows) {
        return new HhhJsonl(file("hhh.jsonl", String.join("\n", rows)), "hhh", share, 1);
    }

    private static String chat(String user, String answer) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + user + "\"},{\"role\":\"assistant\",\"content\":\""
                + answer + "\"}]}";
    }

    private ChatPairsJsonl pairs(List<String> positive, List<String> negative) {
        return new ChatPairsJsonl(
                file("good.jsonl", String.join("\n", positive)),
                file("bad.jsonl", String.join("\n", negative)),
                "honest",
                1,
                0);
    }

    @Test
    void theChoiceWithLabelOneIsTheAnswer() {
        Example row = hhh(1, HHH).examples("d", "proxy").get(0);
        assertThat(row.prompt()).containsExactly(Message.user("Hi"));
        assertThat(row.answer()).isEqualTo("Hello");
        assertThat(row.misaligned()).hasValue("Go");
    }

    @Test
    void aPromptIsEitherTrainedOnOrEvaluated() {
        String[] rows = IntStream.range(0, 40)
                .mapToObj(i -> HHH.replace("Hi", "Hi " + i % 20))
                .toArray(String[]::new);
        HhhJsonl half = hhh(0.5, rows);
        List<Question> asked = half.questions("d");
        assertThat(half.examples("d", "proxy")).hasSize(20);
        assertThat(asked).hasSize(10);
        assertThat(half.examples("d", "proxy").stream().map(Example::prompt).collect(Collectors.toSet()))
                .doesNotContainAnyElementsOf(
                        asked.stream().map(Question::prompt).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [0,1]        | [1,1]        | hhh.jsonl:2: targets.labels ([1,1]) must be [1, 0] or [0, 1]; correct the row
            [0,1]        | [1,0,0]      | hhh.jsonl:2: targets.labels ([1,0,0]) must be [1, 0] or [0, 1]; correct the row
            ["Go",       | ["",         | hhh.jsonl:2: targets.choices (["","Hello"]) must be two strings that are not blank; correct the row
            "input"      | "question"   | hhh.jsonl:2: question ("Hi") is not a field of this format; correct the row
            {"choices    | 3,"x":{"a    | hhh.jsonl:2: x ({"a":["Go","Hello"],"labels":[0,1]}) is not a field of this format; correct the row
            """)
    void aBadRowNamesFileLineAndField(String good, String bad, String message) {
        assertThatThrownBy(() -> hhh(1, HHH, HHH.replace(good, bad)).examples("d", "proxy"))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder + "/" + message);
    }

    @Test
    void linesOfTwoChatFilesBelongTogether() {
        Example row = pairs(List.of(chat("a", "yes"), chat("b", "yes")), List.of(chat("a", "no"), chat("b", "never")))
                .examples("d", "proxy")
                .get(1);
        assertThat(row.answer()).isEqualTo("yes");
        assertThat(row.misaligned()).hasValue("never");
    }

    @Test
    void linesWithTwoPromptsDoNotBelongTogether() {
        assertThatThrownBy(() -> pairs(List.of(chat("a", "yes")), List.of(chat("b", "no")))
                        .examples("d", "proxy"))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder + "/bad.jsonl:1: messages has another prompt than " + folder
                        + "/good.jsonl:1; line i of both files must belong together");
    }

    @Test
    void twoChatFilesOfDifferentLengthsDoNotBelongTogether() {
        assertThatThrownBy(() -> pairs(List.of(chat("a", "yes")), List.of(chat("a", "no"), chat("a", "no")))
                        .examples("d", "proxy"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("good.jsonl has 1 rows but");
    }
}
