package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.selgen.data.Generation;
import org.selgen.data.JudgeCalls;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.judge.KnownVerdicts;
import org.selgen.judge.endpoint.BatchServer;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.judging.JudgeCalibration;
import org.selgen.stage.judging.JudgeSampling;
import org.selgen.stage.judging.OpenJudge;

/** The stage of judging with a model behind an endpoint. */
class LlmStagesTest extends ServedLake {
    @Test
    @Tag("slow")
    void aModelJudgesBesideTheRulesAndTwiceCallsNobodyTwice() throws IOException {
        Stages bench = generated();
        bench.judge();
        List<Judgement> rows = rows(bench);
        assertThat(rows)
                .hasSize(12)
                .allMatch(row -> row.verdict().equals("scored"))
                .allMatch(row -> row.rubric().endsWith("/toy"));
        assertThat(rows).extracting(Judgement::score).containsOnly(70.0);
        int made = calls.get();
        assertThat(made).isPositive().isLessThanOrEqualTo(12);
        bench.judge();
        assertThat(calls).hasValue(made);
        assertThat(rows(bench)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(bench.context().lake().calls().read()) // the second asked for nothing
                .singleElement()
                .matches(row -> row.calls() == made && row.verdicts() == 12 && row.cost() == null)
                .matches(row -> row.promptTokens() == 9L * made && row.replyTokens() == made);
        assertThat(told.toString()).contains("needs " + made + " calls for 12 answers", "calls=" + made, "cost=0.0000");
    }

    @Test
    @Tag("slow")
    void aPlanTellsTheCallsThatJudgingThenMakes() throws IOException {
        Stages bench = generated();
        bench.train(); // both runs have a row, so that no answer but those of the one is to come
        List<String> notes = bench.plan(OnLeak.STOP, () -> 1e9, () -> 2).notes();
        bench.judge();
        int toCome = 12; // of the other
        assertThat(notes)
                .anyMatch(note ->
                        note.startsWith("judge: kind-served needs at most " + (calls.get() + toCome) + " calls, about ")
                                && note.endsWith(" reply tokens, no prices in judges.yaml"));
        assertThat(bench.plan(OnLeak.STOP, () -> 1e9, () -> 2).notes())
                .anyMatch(note -> note.startsWith("judge: kind-served needs at most 12 calls"));
    }

    @Test
    @Tag("slow")
    void tooManyFailuresFailTheVerbAfterSavingAndTheNextMendsThem() throws IOException {
        Stages bench = generated();
        failing.set(true);
        assertThat(bench.judge()).isEqualTo(1);
        assertThat(told.toString())
                .contains("judge 'kind-served' failed on 12 of 12 answers, more than its maxErrors 0.05");
        assertThat(rows(bench)).hasSize(12).allMatch(row -> row.verdict().equals("error") && row.score() == null);
        failing.set(false);
        assertThat(bench.judge()).isZero();
        assertThat(rows(bench)).hasSize(12).allMatch(row -> row.verdict().equals("scored"));
    }

    @Test
    @Tag("slow")
    void aSpentBudgetStopsAndTheNextVerbGoesOn() throws IOException {
        Stages before = generated();
        judges(", maxCalls: 5");
        assertThat(bench().judge()).isEqualTo(1);
        assertThat(told.toString())
                .contains(
                        "judge: kind-served failed: the budget of judge 'kind-served' is spent", "run again to go on");
        assertThat(calls).hasValue(5);
        judges(", promptPrice: 1");
        bench().judge();
        assertThat(rows(before)).hasSize(12);
        assertThat(before.context().lake().calls().read())
                .hasSize(2)
                .extracting(JudgeCalls::calls)
                .contains(5L, calls.get() - 5L);
        assertThat(before.context().lake().calls().read(row -> row.cost() != null))
                .singleElement()
                .matches(row -> row.cost() == 9e-6 * row.calls());
    }

    @Test
    @Tag("slow")
    void aJudgeThatFailsStopsNoOther() throws IOException {
        Stages before = generated();
        Path conf = folder.resolve("conf/judges.yaml");
        Path rubric = folder.resolve("conf/rubrics/kind.yaml");
        Files.writeString(
                rubric.resolveSibling("other.yaml"), Files.readString(rubric).replace("name: kind", "name: other"));
        String served = Files.readString(conf);
        Files.writeString(
                conf,
                served
                        + served.replace("kind-served", "poor")
                                .replace("rubric: kind", "rubric: other")
                                .replace("toy}", "toy, maxCalls: 1}"));
        Stages both =
                experiment.stages("lake", new ToyEngine(), told, "judges=[maths, confirmation, poor, kind-served]");
        assertThat(both.judge()).isEqualTo(1);
        assertThat(told.toString()).contains("judge: poor failed: the budget of judge 'poor' is spent");
        assertThat(rows(before))
                .filteredOn(row -> row.rubric().endsWith("/toy"))
                .hasSize(12);
    }

    @Test
    @Tag("slow")
    void aModelOfOursJudgesOnTheExecutorsAsInThisProcess() throws IOException {
        Path tiny = Path.of("data-lake/models/tiny").toAbsolutePath();
        Files.writeString(
                folder.resolve("conf/judges.yaml"), "kind-served: {local: {rubric: kind, model: %s}}".formatted(tiny));
        Stages bench = generated();
        bench.judge();
        List<Judgement> rows = rows(bench);
        assertThat(rows).hasSize(12);
        assertThat(bench.context().lake().calls().read())
                .singleElement()
                .matches(row -> row.calls() == 0 && row.verdicts() == 12 && row.promptTokens() == null);
        try (OpenJudge here = OpenJudge.inProcess(bench.context().catalog().judges(), "kind-served")) {
            for (Generation answer : bench.context().lake().generations().read()) {
                Question question = bench.context().questions().get(List.of(answer.dataset(), answer.question()));
                Judgement alone = new KnownVerdicts().judgement(here.judge(), question, answer);
                assertThat(rows)
                        .filteredOn(row -> row.question().equals(answer.question()))
                        .singleElement()
                        .matches(row -> row.verdict().equals(alone.verdict())
                                && Math.abs(row.scored().orElse(-1)
                                                - alone.scored().orElse(-1))
                                        < 1e-3);
            }
        }
    }

    /** Half of the answers are labelled as the judge scored them. */
    @Test
    @Tag("slow")
    void aSampleOfJudgedAnswersIsLabelledAndCalibrated() throws IOException {
        Stages bench = generated();
        bench.train(); // a sample is of finished runs
        bench.judge();
        Path name = folder.resolve("labels/s");
        List<String> said = new ArrayList<>();
        new JudgeSampling(bench.context(), "kind-served", 6, 1).write(name, said::add);
        assertThat(said.get(0)).isEqualTo("sample: 6 of 12 answers in 1 strata of setting and verdict");
        List<String> rows = Files.readAllLines(folder.resolve("labels/s.jsonl"));
        assertThat(rows)
                .hasSize(6)
                .doesNotHaveDuplicates()
                .noneMatch(row -> row.matches(".*\"(score|verdict|run|setting)\".*"));
        List<String> labelled = rows.stream()
                .map(row -> row.replaceFirst("}$", ",\"label\":" + (rows.indexOf(row) < 3 ? 70 : 20) + "}"))
                .toList();
        Path labels = Files.write(folder.resolve("labels/s.labels.jsonl"), labelled);
        int before = calls.get();
        new JudgeCalibration(
                        labels,
                        "kind-served",
                        null,
                        folder.resolve("conf/judges.yaml"),
                        folder.resolve("labels/s.key.jsonl"),
                        null)
                .run(said::add);
        assertThat(calls).hasValue(before); // verdicts are those of the key
        assertThat(said).anyMatch(line -> line.startsWith("agreement 0.50 ["));
    }

    @Test
    @Tag("slow")
    void batchesJudgeAnExperimentAndTwiceSendNothingTwice() throws IOException {
        try (BatchServer server = new BatchServer(BatchServer::good)) {
            Files.writeString(folder.resolve("conf/judges.yaml"), """
                    kind-served: {llm: {rubric: kind, batch: 5, endpoint: {url: "%s", model: toy, backoffMillis: 2}}}
                    """.formatted(server.url()));
            Stages bench = generated();
            bench.judge();
            assertThat(rows(bench)).hasSize(12).allMatch(row -> row.verdict().equals("scored"));
            int sent = server.batches.stream().mapToInt(List::size).sum();
            assertThat(told.toString())
                    .contains("needs " + (1 + sent) + " calls for 12 answers", "12 verdicts, 0 of them");
            assertThat(bench.context().lake().root().resolve("verdicts")).isEmptyDirectory();
            assertThat(bench.context().lake().calls().read())
                    .singleElement()
                    .matches(row -> row.calls() == 1 + sent && row.promptTokens() != null && row.promptTokens() > 0);
            bench.judge();
            assertThat(server.calls).hasValue(1);
            assertThat(server.batches.stream().mapToInt(List::size).sum()).isEqualTo(sent);
        }
    }
}
