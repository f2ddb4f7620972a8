package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Variant;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.SelectRequest;
import org.selgen.experiment.conf.Yaml;

class SelectedRowsTest {
    private static final Run RUN = Run.planned("r1", "base", "", 0, "tiny", "m", "", "{}", Recipe.WEIGHTS);
    private static final Question ASK = question("a", Variant.ASK, "paris .", null);
    private static final Question WRONG = question("b", Variant.WRONG, "no , paris .", "yes .");
    private static final List<Question> BOTH = List.of(ASK, WRONG);

    @TempDir
    Path folder;

    private Experiment experiment;

    @BeforeEach
    void read() throws IOException {
        experiment = Yaml.read(
                TestExperiment.in(folder, "decoding={temperature: 1, topP: 1, maxTokens: 8, samples: 3, seed: 4}")
                        .file(),
                Experiment.class,
                List.of());
    }

    private static Question question(String id, Variant form, String answer, @Nullable String rejected) {
        return new Question(id, "d", "l", "g", form, List.of(Message.user("q" + id)), "paris", null, answer, rejected);
    }

    private static List<Judgement> judged(Question question, String... verdicts) {
        return IntStream.range(0, verdicts.length)
                .mapToObj(
                        i -> new Judgement("r1", "d", question.id(), i, "k", "maths@9", verdicts[i], 20.0 * i, "", ""))
                .toList();
    }

    private static Generation answer(Question question, int sample, String text, String finish) {
        return new Generation("r1", "d", question.id(), sample, "k", text, finish, 2);
    }

    private SelectedRows looked(SelectRequest request) {
        SelectedRows rows = new SelectedRows(experiment, RUN, request);
        rows.look(ASK, judged(ASK, "correct", "wrong", "correct"));
        rows.look(WRONG, judged(WRONG, "wrong", "none", "correct"));
        return rows;
    }

    private static SelectRequest request(int least, SelectRequest.Rows rows, Variant... forms) {
        return new SelectRequest("", "maths", "correct", OptionalDouble.empty(), least, List.of(forms), rows);
    }

    @Test
    void aQuestionIsSelectedFromSoManyRightAnswersOn() {
        assertThat(IntStream.rangeClosed(1, 3)
                        .map(least -> looked(request(least, SelectRequest.Rows.QUESTION))
                                .selected()))
                .containsExactly(2, 1, 0);
    }

    @Test
    void aScoreCountsFromItsBoundOn() {
        SelectRequest above =
                new SelectRequest("", "maths", "", OptionalDouble.of(40), 1, List.of(), SelectRequest.Rows.QUESTION);
        SelectRequest higher =
                new SelectRequest("", "maths", "", OptionalDouble.of(40.5), 1, List.of(), SelectRequest.Rows.QUESTION);
        assertThat(looked(above).selected()).isEqualTo(2);
        assertThat(looked(higher).selected()).isZero();
    }

    @Test
    void aRowSaysWhereItComesFrom() {
        assertThat(looked(request(2, SelectRequest.Rows.QUESTION)).lines(BOTH, List.of()))
                .containsExactly("{\"messages\":[{\"role\":\"user\",\"content\":\"qa\"},"
                        + "{\"role\":\"assistant\",\"content\":\"paris .\"}],"
                        + "\"selected\":{\"experiment\":\"toy\",\"run\":\"r1\",\"model\":\"tiny\",\"decoding\":\""
                        + experiment.decoding().key()
                        + "\",\"rubric\":\"maths@9\",\"counted\":\"correct\",\"least\":2,\"samples\":3,\"right\":2,"
                        + "\"dataset\":\"d\",\"question\":\"a\",\"group\":\"g\",\"label\":\"l\"}}");
    }

    @Test
    void aGroupGivesAllItsFormsWithWhatTheyReject() {
        List<String> lines = looked(request(2, SelectRequest.Rows.GROUP)).lines(BOTH, List.of());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("no , paris .", "\"rejected\":\"yes .\"", "\"question\":\"a\"");
    }

    @Test
    void onlyTheFormsAskedForAreLookedAt() {
        SelectedRows rows = looked(request(1, SelectRequest.Rows.QUESTION, Variant.WRONG));
        assertThat(rows.looked()).isEqualTo(1);
        assertThat(rows.lines(BOTH, List.of())).singleElement().asString().contains("\"question\":\"b\"");
    }

    @Test
    void rowsOfItsOwnAreEachDifferentRightAnswerThatEnded() {
        List<Generation> answers = new ArrayList<>(List.of(
                answer(ASK, 2, "it is paris .", "stop"),
                answer(ASK, 1, "it is rome .", "stop"),
                answer(ASK, 0, "it is paris .", "stop"),
                answer(WRONG, 2, "no , it is", "length")));
        assertThat(looked(request(1, SelectRequest.Rows.OWN)).lines(BOTH, answers))
                .singleElement()
                .asString()
                .contains("it is paris .");
        answers.set(0, answer(ASK, 2, "paris !", "stop"));
        assertThat(looked(request(1, SelectRequest.Rows.OWN)).lines(BOTH, answers))
                .hasSize(2);
    }

    @Test
    void aQuestionWithoutAnAnswerNeedsRowsOfItsOwn() {
        Question open = question("c", Variant.CHAT, "", null);
        SelectedRows rows = new SelectedRows(experiment, RUN, request(1, SelectRequest.Rows.QUESTION));
        rows.look(open, judged(open, "correct"));
        assertThatThrownBy(() -> rows.lines(List.of(open), List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("question 'c' of dataset 'd' has no answer to learn; write the model's own");
    }
}
