package org.selgen.stage.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private static final List<String> JUDGES = List.of("j@1", "silent@1");
    private static final List<Generation> ANSWERS = answers("run");

    /** One answer has no verdict, one verdict has no answer: before, they made up for each other. */
    private static final List<Judgement> VERDICTS = List.of(
            verdict("q0", "j@1", "confirm", ""),
            verdict("q1", "j@1", "neither", Judgement.REFUSAL + "no"),
            verdict("q2", "j@1", "neither", "hm"),
            verdict("q3", "j@1", "error", "gone"),
            verdict("q9", "j@1", "confirm", ""),
            verdict("q0", "other@1", "confirm", ""));

    private static List<Generation> answers(String run) {
        return IntStream.range(0, 5)
                .mapToObj(i -> new Generation(run, "d", "q" + i, 0, "greedy", "yes", "stop", 1))
                .toList();
    }

    private static Judgement verdict(String question, String rubric, String verdict, String reason) {
        return verdict("run", question, rubric, verdict, reason);
    }

    private static Judgement verdict(String run, String question, String rubric, String verdict, String reason) {
        return new Judgement(run, "d", question, 0, "greedy", rubric, verdict, null, reason, "");
    }

    private static Map<String, OutcomeCount> here(List<Judgement> verdicts) {
        return here(ANSWERS, verdicts);
    }

    private static Map<String, OutcomeCount> here(List<Generation> given, List<Judgement> verdicts) {
        Set<AnswerKey> answers = given.stream()
                .map(row -> new AnswerKey(row.run(), row.dataset(), row.question(), row.sample()))
                .collect(Collectors.toSet());
        return VerdictCounts.here(JUDGES, answers, verdicts.stream());
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

    /** Another run has a verdict for each answer, a third one verdicts without answers: of the last two nothing is joined, or all. */
    @Test
    void sparkCountsTheSame() {
        List<Generation> answers =
                Stream.of(ANSWERS, answers("whole")).flatMap(List::stream).toList();
        List<Judgement> whole = IntStream.range(0, 5)
                .mapToObj(i -> verdict("whole", "q" + i, "j@1", i % 2 == 0 ? "confirm" : "error", ""))
                .toList();
        List<Judgement> stray = List.of(verdict("stray", "q0", "j@1", "confirm", ""));
        List<Judgement> all =
                Stream.of(VERDICTS, whole, stray).flatMap(List::stream).toList();
        for (List<Judgement> some : List.of(all, whole, VERDICTS, List.<Judgement>of())) {
            assertThat(VerdictCounts.bySpark(JUDGES, rows(answers, Generation.class), rows(some, Judgement.class)))
                    .isEqualTo(here(answers, some));
        }
    }

    private static <T extends Record> Dataset<Row> rows(List<T> records, Class<T> type) {
        return LocalSpark.session()
                .createDataFrame(records.stream().map(Records::toRow).toList(), Records.schema(type));
    }
}
