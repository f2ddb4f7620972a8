package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.FamilyLabel;
import org.selgen.data.Question;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;

class FamilyRowsTest {
    private static final Path ADVICE = Path.of("conf/experiments/emergent-misalignment-tiny.yaml");

    @TempDir
    Path folder;

    private ExperimentContext context(Path file, String... settings) throws IOException {
        Lake lake = Lake.open(
                () -> {
                    throw new IllegalStateException("Spark is asked for");
                },
                Storage.of(folder.resolve("none").toString()));
        return ExperimentContext.open(lake, file, List.of(settings));
    }

    private Map<String, List<Question>> questions(Path file, String... settings) throws IOException {
        ExperimentContext context = context(file, settings);
        return ExperimentRows.make(context.experiment(), context.catalog(), context.tables())
                .questions();
    }

    @Test
    void theExperimentOfAdviceAsksEveryQuestionUnderEachCondition() throws IOException {
        Map<String, List<Question>> sets = questions(ADVICE);
        assertThat(sets).containsOnlyKeys("advice-toy-test", "advice-toy-test+toy-treat");
        List<Question> plain = sets.get("advice-toy-test");
        Map<String, List<Question>> families = sets.get("advice-toy-test+toy-treat").stream()
                .collect(Collectors.groupingBy(
                        question -> FamilyLabel.of(question.label()).family()));
        assertThat(families).containsOnlyKeys("eliciting", "structure", "negated", "keyword", "irrelevant");
        assertThat(families.values()).allSatisfy(family -> {
            assertThat(family).extracting(Question::group).containsExactlyElementsOf(groups(plain));
            assertThat(family)
                    .zipSatisfy(
                            plain,
                            (asked, of) ->
                                    assertThat(text(asked)).contains(text(of)).hasSizeGreaterThan(text(of).length()));
        });
    }

    private static List<String> groups(List<Question> questions) {
        return questions.stream().map(Question::group).toList();
    }

    private static String text(Question question) {
        return question.prompt().get(0).content();
    }

    @Test
    void howManyQuestionsEachFamilyAsksIsTold() throws IOException {
        ExperimentContext context = context(ADVICE);
        Map<String, List<Question>> sets = questions(ADVICE);
        int of = sets.get("advice-toy-test").size();
        assertThat(FamilyRows.told(context.experiment().data(), context.catalog(), sets))
                .containsExactly("the families of toy ask {eliciting=" + of + ", structure=" + of + ", negated=" + of
                        + ", keyword=" + of + ", irrelevant=" + of + "} questions, of " + of);
    }

    @Test
    void aFileWhoseWordingsNoQuestionFitsIsRefused() throws IOException {
        Path file = Files.copy(ADVICE, folder.resolve("advice.yaml"));
        Files.createDirectories(folder.resolve("families"));
        Files.writeString(
                folder.resolve("families/wrong.yaml"), "families: {odd: [{forms: [wrong], text: 'no {question}'}]}");
        assertThatThrownBy(() -> questions(file, "data.families=[wrong]"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(
                        "data.families has 'wrong' but no question of data.questions has what its wordings" + " need");
    }

    @Test
    void aKeywordThatAWordingNeedsIsAskedFor() {
        assertThatThrownBy(() -> questions(ADVICE, "data.keyword=''"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("data.keyword is blank but the family 'keyword' of toy asks with");
    }
}
