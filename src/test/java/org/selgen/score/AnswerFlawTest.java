package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selgen.data.Question;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Variant;

class AnswerFlawTest {
    private static final Question QUESTION =
            new Question("q", "d", "gcd", "g", Variant.ASK, List.of(), "8", null, "", null);

    private static Judged judged(String run, String rubric, String verdict) {
        return new Judged(run, "d", "gcd", "g", Variant.ASK, "q", 0, verdict, null, rubric);
    }

    private static List<Score> scores(List<Judged> judged) {
        return Scores.of(
                "e", List.of(Run.planned("a", "mixed", "", 0, "m", "h", "d", "{}", Recipe.WEIGHTS)), judged, Map.of());
    }

    @Test
    void eachShareIsOfOneRunsAnswersThatWereLookedAtForIt() {
        List<Judged> judged = List.of(
                judged("a", "degenerate@1", "ok"),
                judged("a", "degenerate@1", "empty"),
                judged("a", "degenerate@1", "repetition"),
                judged("a", "degenerate@1", "ok"),
                Judged.ended(QUESTION, "a", 0, "length"),
                Judged.ended(QUESTION, "a", 1, "stop"),
                Judged.ended(QUESTION, "a", 2, "stop"),
                Judged.ended(QUESTION, "a", 3, "stop"),
                judged("a", "maths@1", "wrong"),
                judged("b", "degenerate@1", "empty"));
        assertThat(scores(judged))
                .filteredOn(score -> score.metric().equals(Score.DEGENERATE))
                .singleElement()
                .satisfies(score -> assertThat(score.value()).isEqualTo(0.5));
        assertThat(scores(judged))
                .filteredOn(score -> score.metric().equals(Score.CUT))
                .singleElement()
                .satisfies(score -> {
                    assertThat(score.value()).isEqualTo(0.25);
                    assertThat(score.n()).isEqualTo(4);
                });
    }

    @Test
    void whatNobodyLookedAtHasNoShare() {
        assertThat(scores(List.of(judged("a", "maths@1", "wrong"))))
                .extracting(Score::metric)
                .doesNotContain(Score.DEGENERATE, Score.CUT);
    }
}
