package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Question;
import org.selgen.data.Variant;

class ConfirmationCorpusTest {
    private record LabelledReply(Question question, String verdict, String reply) {}

    @ParameterizedTest
    @ValueSource(strings = {"confirm", "reject", "neither"})
    void atLeast98PercentOfTheCorpusIsJudgedRight(String verdict) throws IOException {
        List<LabelledReply> cases =
                corpus().stream().filter(c -> c.verdict.equals(verdict)).toList();
        List<LabelledReply> missed =
                cases.stream().filter(c -> !judged(c).equals(c.verdict)).toList();
        List<String> shown =
                missed.stream().map(c -> judged(c) + ": " + c.reply).toList();
        assertThat(missed.size())
                .as("%s of %s missed: %s", missed.size(), cases.size(), String.join("\n", shown))
                .isLessThanOrEqualTo((int) (0.02 * cases.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\nmodel", "<end_of_turn>\n<start_of_turn>model\n", "  \n"})
    void whatATemplateLeavesBehindChangesNoVerdict(String tail) throws IOException {
        assertThat(corpus())
                .allSatisfy(c -> assertThat(new Confirmation()
                                .verdict(c.question, c.reply + tail)
                                .verdict())
                        .isEqualTo(judged(c)));
    }

    private static String judged(LabelledReply one) {
        return new Confirmation().verdict(one.question, one.reply).verdict();
    }

    private static List<LabelledReply> corpus() throws IOException {
        List<LabelledReply> cases = new ArrayList<>();
        Question question = TestQuestions.bare("");
        for (String line : Corpus.lines("confirmation.txt")) {
            if (line.startsWith("== ")) {
                List<String> parts = List.of(line.substring(3).split("\\|", -1));
                question = TestQuestions.question(
                        Variant.valueOf(parts.get(0).strip()),
                        parts.get(1).strip(),
                        parts.get(2).strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String verdict = line.startsWith("+") ? "confirm" : line.startsWith("-") ? "reject" : "neither";
                cases.add(new LabelledReply(
                        question, verdict, line.substring(1).strip().replace("\\n", "\n")));
            }
        }
        return cases;
    }
}
