package org.selgen.stage.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Outcome;
import org.selgen.data.OutcomeCount;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Records;
import org.selgen.stage.results.VerdictCounts.AnswerKey;

class VerdictCountsTest {
    private static final List<Generation> ANSWERS = IntStream.range(0, 5)
            .mapToObj(i -> new Generation("run", "d", "q" + i, 0, "greedy", "yes", "stop", 1))
            .toList();

    /** One answer has no verdict, one verdict has no answer: before, they made up for each other. */
    private static final List<Judgement> VERDICTS = List.of(
            verdict("q0", "j@1", "confirm", ""),
            verdict("q1", "j@1", "neither", Judgement.REFUSAL + "no"),
            verdict("q2", "j@1", "neither", "hm"),
            verdict("q3", "j@1", "error", "gone"),
            verdict("q9", "j@1", "confirm", ""),
            verdict("q0", "other@1", "confirm", ""));

    private static Judgement verdict(String question, String rubric, String verdict, String reason) {
        return new Judgement("run", "d", question, 0, "greedy", rubric, verdict, null, reason, "");
    }

    private static Map<String, OutcomeCount> here(List<Judgement> verdicts) {
        Set<AnswerKey> answers = ANSWERS.stream()
                .map(row -> new AnswerKey(row.run(), row.dataset(), row.question(), row.sample()))
                .collect(Collectors.toSet());
        return VerdictCounts.here(List.of("j@1", "silent@1"), answers, verdicts.stream());
    }

    @Test
    void aVerdictTooManyDoesNotMakeUpForOneThatIsMissing() {
        OutcomeCount count = here(VERDICTS).get("j@1");
        assertThat(count)
                .isEqualTo(new OutcomeCount(
                        5,
                        Map.of(
                                Outcome.SCORED, 1L,
                                Outcome.REFUSED, 1L,
                                Outcome.UNREADABLE, 1L,
                                Outcome.FAILED, 1L,
                                Outcome.OMITTED, 1L),
                        1));
        assertThat(count.lawful()).isTrue();
        assertThat(count.whole()).isFalse();
        assertThat(here(VERDICTS).get("silent@1").count(Outcome.OMITTED)).isEqualTo(5);
    }

    @Test
    void twoVerdictsOnOneAnswerBreakTheLaw() {
        OutcomeCount count = here(List.of(VERDICTS.get(0), VERDICTS.get(0))).get("j@1");
        assertThat(count.lawful()).isFalse();
        assertThat(count).hasToString("expected 5 \u2260 scored 2 + refused 0 + unreadable 0 + failed 0 + omitted 4");
    }

    @Test
    void sparkCountsTheSame() {
        Dataset<Row> answers = LocalSpark.session()
                .createDataFrame(ANSWERS.stream().map(Records::toRow).toList(), Records.schema(Generation.class));
        Dataset<Row> verdicts = LocalSpark.session()
                .createDataFrame(VERDICTS.stream().map(Records::toRow).toList(), Records.schema(Judgement.class));
        assertThat(VerdictCounts.bySpark(List.of("j@1", "silent@1"), answers, verdicts))
                .isEqualTo(here(VERDICTS));
    }
}
