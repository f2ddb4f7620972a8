package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Records;

class UnreadRunsTest {
    private static final Object[] RUBRICS = {"a@1", "b@1"};

    private static Generation answer(String run, String question) {
        return new Generation(run, "d", question, 0, "greedy", "yes", "stop", 1);
    }

    private static Judgement verdict(String run, String question, String rubric) {
        return new Judgement(run, "d", question, 0, "greedy", rubric, "none", null, "", "");
    }

    private static <T extends Record> Dataset<Row> rows(Class<T> type, Stream<T> rows) {
        return LocalSpark.session().createDataFrame(rows.map(Records::toRow).toList(), Records.schema(type));
    }

    /** One run lacks all, one a rubric; one has as many verdicts as answers, but one of them on an answer that is not there. */
    @Test
    void runsWhoseAnswersEveryRubricHasReadAreLeftOut() {
        List<String> runs = List.of("read", "never", "half", "other");
        Dataset<Row> answers =
                rows(Generation.class, runs.stream().flatMap(run -> Stream.of(answer(run, "q1"), answer(run, "q2"))));
        Dataset<Row> verdicts = rows(
                Judgement.class,
                Stream.of(
                        verdict("read", "q1", "a@1"),
                        verdict("read", "q2", "a@1"),
                        verdict("read", "q1", "b@1"),
                        verdict("read", "q2", "b@1"),
                        verdict("half", "q1", "a@1"),
                        verdict("half", "q2", "a@1"),
                        verdict("half", "q1", "b@1"),
                        verdict("half", "q2", "b@0"),
                        verdict("other", "q1", "a@1"),
                        verdict("other", "q2", "a@1"),
                        verdict("other", "q1", "b@1"),
                        verdict("other", "q3", "b@1")));
        assertThat(UnreadRuns.of(answers, verdicts, RUBRICS)
                        .select("run", "question")
                        .collectAsList())
                .extracting(row -> row.getString(0) + row.getString(1))
                .containsExactlyInAnyOrder("neverq1", "neverq2", "halfq1", "halfq2", "otherq1", "otherq2");
    }

    /** Answers to other questions, and further samples, are none of those that are asked. */
    @Test
    void aRunHasAnsweredAllByTheQuestionsThatItIsAskedAlone() {
        List<Question> asked = Stream.of("q1", "q2")
                .map(id -> new Question(id, "d", "l", id, Variant.ASK, List.of(), "", null, "", null))
                .toList();
        Dataset<Row> answers = rows(
                Generation.class,
                Stream.of(
                        answer("all", "q1"),
                        answer("all", "q2"),
                        answer("all", "q3"),
                        answer("other", "q2"),
                        answer("other", "q3")));
        GivenAnswers given = new GivenAnswers(answers, List.of("all", "other", "none"), asked, 1);
        assertThat(given.missing("all")).isEmpty();
        assertThat(given.missing("other")).containsExactly(0);
        assertThat(given.missing("none")).containsExactly(0, 1);
    }
}
