package org.selgen.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.source.form.QuestionForm;

class FactsYamlTest {
    private static final String FILE = """
            label: letters
            ask: ["Which letter follows {subject}?"]
            answer: ["{gold} follows {subject}."]
            claim: ["I say that {claim} follows {subject}."]
            confirm: ["Yes, {claim} does."]
            reject: ["No, {gold} does, not {claim}."]
            deny: ["No, {wrong} does."]
            facts:
              - {subject: A, gold: B, wrong: C}
              - {subject: B, gold: C, wrong: D}
              - {subject: C, gold: D, wrong: E}
              - {subject: D, gold: E, wrong: F}
            """;

    @TempDir
    Path folder;

    private FactsYaml facts(String text, double share) {
        try {
            Path file = Files.writeString(folder.resolve("f.yaml"), text);
            return new FactsYaml(file.toString(), share, QuestionForm.FORMS, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFactIsAGroupOfThreeQuestionsWithTheirReplies() {
        assertThat(facts(FILE, 0).questions("d"))
                .hasSize(12)
                .filteredOn(question -> question.group().equals("letters-a"))
                .extracting(
                        Question::variant,
                        q -> q.prompt().get(0).content(),
                        Question::gold,
                        Question::answer,
                        Question::rejected)
                .containsExactly(
                        tuple(Variant.ASK, "Which letter follows A?", "B", "B follows A.", null),
                        tuple(Variant.RIGHT, "I say that B follows A.", "B", "Yes, B does.", null),
                        tuple(Variant.WRONG, "I say that C follows A.", "B", "No, B does, not C.", "Yes, C does."));
    }

    @Test
    void trainingAndEvaluationShareNoFact() {
        FactsYaml half = facts(FILE, 0.5);
        Set<String> training =
                half.examples("d", "proxy").stream().map(Example::group).collect(Collectors.toCollection(HashSet::new));
        Set<String> evaluation =
                half.questions("d").stream().map(Question::group).collect(Collectors.toSet());
        assertThat(training).hasSize(2).doesNotContainAnyElementsOf(evaluation);
        assertThat(evaluation).hasSize(2);
    }

    @Test
    void aShareThatLeavesNothingIsRefused() {
        assertThatThrownBy(() -> facts(FILE, 0).examples("d", "proxy"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("facts-yaml.share is 0.0, so none of the 4 facts");
        assertThatThrownBy(() -> facts(FILE, 1).questions("d"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("so all 4 facts");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            label: letters        | label: ''             | f.yaml:1: label must be a text that is not blank
            follows {subject}?    | follows {subjekt}?    | f.yaml:2: ask 'Which letter follows {subjekt}?' has a placeholder other than [subject]
            subject: B, gold: C   | subject: a, gold: C   | f.yaml:10: subject 'a' is there twice
            gold: C, wrong: D     | gold: C, wrong: c     | f.yaml:10: wrong 'c' is the right answer
            gold: C, wrong: D     | gold: C, worng: D     | f.yaml:10: worng is not a field of this format
            label: letters        | lable: letters        | f.yaml:1: lable is not a field of this format
            """)
    void aBadFileNamesLineAndField(String good, String bad, String message) {
        assertThatThrownBy(() -> facts(FILE.replace(good, bad), 0).questions("d"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }
}
