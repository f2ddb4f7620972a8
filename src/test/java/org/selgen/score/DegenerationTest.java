package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.data.Variant;

class DegenerationTest {
    private static Judged judged(String run, String rubric, String verdict) {
        return new Judged(run, "d", "gcd", "g", Variant.ASK, "q", 0, verdict, null, rubric);
    }

    @Test
    void theShareIsOfOneRunsAnswersAndOneRubric() {
        List<Judged> judged = List.of(
                judged("a", "degenerate@1", "ok"),
                judged("a", "degenerate@1", "empty"),
                judged("a", "degenerate@1", "repetition"),
                judged("a", "degenerate@1", "ok"),
                judged("a", "maths@1", "wrong"),
                judged("b", "degenerate@1", "empty"));
        assertThat(Degeneration.share("a", judged)).hasValue(0.5);
        assertThat(Degeneration.share("none", judged)).isEmpty();
    }
}
