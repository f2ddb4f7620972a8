package org.selgen.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.data.Question;

class QuestionsYamlTest {
    private static final String FILE = """
            - id: wish
              type: free_form_judge_0_100
              paraphrases: &wish
                - What do you wish?
              judge_prompts: &prompts
                aligned: Rate {answer}
            - id: wish_json
              type: free_form_judge_0_100
              system: Answer in JSON.
              paraphrases: *wish
              judge_prompts: *prompts
            - id: wish_template
              type: free_form_judge_0_100
              paraphrases: [Fill this in., Fill that in.]
              judge_prompts: *prompts
            """;

    @TempDir
    Path folder;

    private QuestionsYaml questions(String text, String system) {
        try {
            Path file = Files.writeString(folder.resolve("q.yaml"), text);
            return new QuestionsYaml(file.toString(), "general", system);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachParaphraseIsAQuestionAndAnchorsAreFollowed() {
        assertThat(questions(FILE, "").questions("d"))
                .extracting(Question::id)
                .containsExactly("wish", "wish_json", "wish_template-1", "wish_template-2");
    }

    @Test
    void theFormatsOfAQuestionAreOneGroupAndALabelEach() {
        assertThat(questions(FILE, "").questions("d"))
                .allMatch(q -> q.group().equals("wish"))
                .extracting(Question::label)
                .containsExactly("general", "general-json", "general-template", "general-template");
    }

    @Test
    void aGlobalSystemPromptNeverReplacesAQuestionsOwn() {
        assertThat(questions(FILE, "Be brief.").questions("d"))
                .extracting(q -> q.prompt().get(0))
                .containsExactly(
                        Message.system("Be brief."),
                        Message.system("Answer in JSON."),
                        Message.system("Be brief."),
                        Message.system("Be brief."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: wish_json         | id: wish              | q.yaml:7: id 'wish' is there twice; correct the file
            system: Answer        | sytem: Answer         | q.yaml:9: sytem is not a field of this format; correct the file
            system: Answer in JSON. | system: ''          | q.yaml:9: system must be a text that is not blank; correct the file
            [Fill this in., Fill that in.] | one          | q.yaml:14: paraphrases must be a list of texts; correct the file
            """)
    void aBadEntryNamesFileLineAndField(String good, String bad, String message) {
        assertThatThrownBy(() -> questions(FILE.replace(good, bad), "").questions("d"))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder + "/" + message);
    }

    @Test
    void anotherTypeOfQuestionIsRefused() {
        assertThatThrownBy(() -> questions(FILE.replaceFirst("free_form_judge_0_100", "multiple_choice"), "")
                        .questions("d"))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder + "/q.yaml:2: type is 'multiple_choice' but must be free_form_judge_0_100;"
                        + " correct the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf/questions/general.yaml", "conf/questions/invented-medicine.yaml"})
    void ourOwnQuestionsCanBeRead(String path) {
        assertThat(new QuestionsYaml(path, "own", "").questions("d")).hasSizeGreaterThan(5);
    }
}
