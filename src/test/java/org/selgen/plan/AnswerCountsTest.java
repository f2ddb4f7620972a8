package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;

class AnswerCountsTest {
    /** Each half of the questions and all but one run; the answers are of this recipe, then of an older one. */
    @Test
    void sparkCountsWhatIsCountedHere() throws IOException {
        Lake lake = Lake.open(LocalSpark.session(), Path.of("src/test/resources/lakes/version-1/lake"));
        List<Generation> answers = lake.generations().read();
        Set<String> runs = answers.stream().map(Generation::run).skip(1).collect(Collectors.toSet());
        runs.remove(answers.get(0).run());
        Set<List<String>> questions = answers.stream()
                .filter(answer -> answer.question().hashCode() % 2 == 0)
                .map(answer -> List.of(answer.dataset(), answer.question()))
                .collect(Collectors.toSet());
        String rubric = lake.judgements().read().stream()
                .map(Judgement::rubric)
                .findFirst()
                .orElseThrow();
        String decoding = answers.get(0).decoding();
        for (String own : List.of(decoding, "other")) {
            AnswerCounts.Wanted wanted = new AnswerCounts.Wanted(
                    runs, questions, own, own.equals(decoding) ? Set.of("none") : Set.of(decoding));
            List<List<Object>> counts = List.of(false, true).stream()
                    .map(bySpark ->
                            new AnswerCounts(lake, wanted, new AnswerCounts.Sampling(1, true), table -> bySpark))
                    .map(of -> counts(of, runs, rubric))
                    .toList();
            assertThat(counts.get(1)).isEqualTo(counts.get(0));
            assertThat((Long) counts.get(0).get(own.equals(decoding) ? 2 : 1)).isPositive();
        }
    }

    private static List<Object> counts(AnswerCounts of, Set<String> runs, String rubric) {
        return List.of(
                runs.stream().sorted().map(of::answers).toList(),
                of.older(),
                of.verdicts(rubric),
                of.olderVerdicts(rubric.replaceFirst("@.*", "@none")));
    }
}
