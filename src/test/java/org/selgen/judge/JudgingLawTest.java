package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.selgen.data.Judgement;
import org.selgen.data.Outcome;
import org.selgen.data.OutcomeCount;
import org.selgen.data.Variant;
import org.selgen.judge.BatchJudge.Counts;
import org.selgen.judge.Rubric.Mode;
import org.selgen.judge.rule.ChoiceLetter;
import org.selgen.judge.rule.ExactMatch;
import org.selgen.judge.rule.JsonField;
import org.selgen.judge.rule.NumberMatch;
import org.selgen.judge.rule.RegexMatch;

/** expected = scored + refused + unreadable + failed + omitted, for every judge and every fault. */
class JudgingLawTest {
    private static final List<Judge> RULES = Stream.concat(
                    Judges.names().stream().map(Judges::named),
                    Stream.of(
                                    new ExactMatch(List.of(ExactMatch.Ignored.CASE)),
                                    new RegexMatch("yes"),
                                    new RegexMatch("is (\\d+)"),
                                    new ChoiceLetter("ABC"),
                                    new NumberMatch(0.5),
                                    new JsonField("answer"))
                            .map(rule -> new ConfiguredRule("mine", rule, "")))
            .toList();

    /** What a model does when it is asked, and what its answer counts as. */
    enum Fault {
        NUMBER(Outcome.SCORED),
        WORD_OF_REFUSAL(Outcome.REFUSED),
        OTHER_WORD(Outcome.SCORED),
        REFUSES_TO_GRADE(Outcome.REFUSED),
        SAYS_SOMETHING_ELSE(Outcome.UNREADABLE),
        NO_REPLY(Outcome.FAILED),
        BUDGET_SPENT(Outcome.OMITTED);

        private final Outcome outcome;

        Fault(Outcome outcome) {
            this.outcome = outcome;
        }

        private Completion reply() throws JudgeModel.Unanswered, JudgeModel.Spent {
            return switch (this) {
                case NUMBER -> said("85");
                case WORD_OF_REFUSAL -> said("REFUSAL");
                case OTHER_WORD -> said("CODE");
                case SAYS_SOMETHING_ELSE -> said("Hm");
                case REFUSES_TO_GRADE -> Completion.refused("content_filter", "no");
                case NO_REPLY -> throw new JudgeModel.Unanswered("gone", "");
                case BUDGET_SPENT -> throw new JudgeModel.Spent();
            };
        }

        private static Completion said(String token) {
            return new Completion(token, "stop", List.of(new TokenLogprob(token, -0.1)), NumberTokens.WHOLE);
        }
    }

    /** Answers the i-th question as the i-th fault. */
    private record Faulty(List<Fault> faults) implements JudgeModel {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public int atOnce() {
            return 1;
        }

        @Override
        public Completion complete(String prompt, Mode mode) throws Unanswered, Spent {
            int number = Integer.parseInt(prompt.replaceAll("(?s).*Why (\\d+)\\?.*", "$1"));
            return faults.get(number).reply();
        }
    }

    @Property(tries = 200)
    void everyAnswerComesToOneOutcome(@ForAll @Size(max = 30) List<Fault> faults) throws InterruptedException {
        List<Judgement> rows = new ArrayList<>();
        Counts counts = new BatchJudge(new LlmJudge(RubricTest.RUBRIC, new Faulty(faults)), List.of())
                .judge(Court.answers(faults.size()), Court.NEVER_STOP, rows::addAll);
        OutcomeCount count = count(faults.size(), rows);
        long all = 0;
        for (Outcome outcome : Outcome.values()) {
            assertThat(count.count(outcome)).isNotNegative();
            all += count.count(outcome);
        }
        assertThat(all).isEqualTo(faults.size());
        assertThat(count.count(Outcome.OMITTED)).isEqualTo(counts.left());
        assertThat(count.count(Outcome.FAILED)).isEqualTo(counts.errors());
        assertThat(count.whole()).isEqualTo(!faults.contains(Fault.BUDGET_SPENT));
        assertThat(rows).allMatch(row -> outcome(row) == faults.get(row.sample()).outcome);
    }

    @Property(tries = 200)
    void everyAnswerComesToOneOutcomeByEachRule(@ForAll @Size(max = 10) List<String> answers) {
        for (Judge judge : RULES) {
            List<Verdict> verdicts = judge.verdicts(
                    answers.stream()
                            .map(a -> TestQuestions.question(Variant.ASK, "35", "4 + 31?"))
                            .toList(),
                    answers);
            OutcomeCount count = new OutcomeCount(
                    answers.size(),
                    verdicts.stream()
                            .collect(Collectors.groupingBy(
                                    v -> Outcome.of(v.verdict(), v.reason()), Collectors.counting())),
                    0);
            assertThat(count.whole()).as(judge.rubric()).isTrue();
            assertThat(verdicts).allMatch(v -> judge.words().contains(v.verdict()));
        }
    }

    @Property(tries = 20)
    void aVerdictOnAnAnswerThatIsNotThereBreaksTheLaw(@ForAll Outcome outcome) {
        assertThat(new OutcomeCount(1, Map.of(outcome, 2L), 0).whole()).isFalse();
        assertThat(new OutcomeCount(1, Map.of(outcome, 1L), 1).whole()).isFalse();
        assertThat(new OutcomeCount(1, Map.of(outcome, 1L), 0).whole()).isEqualTo(outcome != Outcome.OMITTED);
    }

    /** An answer without a row is omitted. */
    private static OutcomeCount count(int expected, List<Judgement> rows) {
        Map<Outcome, Long> by = new EnumMap<>(rows.stream()
                .collect(Collectors.groupingBy(
                        JudgingLawTest::outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting())));
        Set<Integer> judged = rows.stream().map(Judgement::sample).collect(Collectors.toSet());
        by.put(
                Outcome.OMITTED,
                IntStream.range(0, expected).filter(i -> !judged.contains(i)).count());
        return new OutcomeCount(expected, by, 0);
    }

    private static Outcome outcome(Judgement row) {
        return Outcome.of(row.verdict(), row.reason());
    }
}
