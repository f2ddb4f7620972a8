package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Judgement;

/** The stage of judging with a model behind an endpoint. */
class LlmStagesTest extends ServedLake {
    @Test
    void aModelJudgesBesideTheRulesAndTwiceCallsNobodyTwice() throws IOException {
        Workbench bench = generated();
        JudgeJob.run(bench);
        List<Judgement> rows = rows(bench);
        assertThat(rows)
                .hasSize(12)
                .allMatch(row -> row.verdict().equals("scored"))
                .allMatch(row -> row.rubric().endsWith("/toy"));
        assertThat(rows).extracting(Judgement::score).containsOnly(70.0);
        int made = calls.get();
        assertThat(made).isPositive().isLessThanOrEqualTo(12);
        JudgeJob.run(bench);
        assertThat(calls).hasValue(made);
        assertThat(rows(bench)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(told.toString()).contains("needs " + made + " calls for 12 answers", "calls=" + made, "cost=0.0000");
    }

    @Test
    void tooManyFailuresFailTheVerbAfterSavingAndTheNextMendsThem() throws IOException {
        Workbench bench = generated();
        failing.set(true);
        assertThatThrownBy(() -> JudgeJob.run(bench))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("judge 'kind-served' failed on 12 of 12 answers, more than its maxErrors 0.05");
        assertThat(rows(bench)).hasSize(12).allMatch(row -> row.verdict().equals("error") && row.score() == null);
        failing.set(false);
        JudgeJob.run(bench);
        assertThat(rows(bench)).hasSize(12).allMatch(row -> row.verdict().equals("scored"));
    }

    @Test
    void aSpentBudgetStopsAndTheNextVerbGoesOn() throws IOException {
        Workbench before = generated();
        judges(", maxCalls: 5");
        assertThatThrownBy(() -> JudgeJob.run(bench()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("the budget of judge 'kind-served' is spent")
                .hasMessageContaining("run again to go on");
        assertThat(calls).hasValue(5);
        judges("");
        JudgeJob.run(bench());
        assertThat(rows(before)).hasSize(12);
    }
}
