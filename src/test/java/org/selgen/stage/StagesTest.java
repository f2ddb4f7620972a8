package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.Generation;
import org.selgen.data.GpuUse;
import org.selgen.data.Proximity;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Stage;
import org.selgen.data.Status;
import org.selgen.lake.Lake;
import org.selgen.lake.Table;
import org.selgen.plan.Plan;
import org.selgen.stage.PrepareStage.OnLeak;

@Tag("slow")
@Order(1)
class StagesTest extends ToyLake {
    @TempDir
    static Path once;

    private static final ToyEngine WORKER = new ToyEngine();
    private static Stages done;

    /** What several tests look at, and one does again. */
    @BeforeAll
    static void doAll() throws IOException {
        done = lay(once).stages("lake", WORKER, new StringWriter());
        assertThat(states(done)).containsOnly("to do");
        TestExperiment.all(done);
    }

    @Test
    void doingAllTwiceChangesNothingAndDoesNoWorkTwice() throws IOException {
        Stages bench = done;
        assertThat(states(bench)).containsOnly("done", "finished");
        assertThat(bench.context().lake().runs().read()).hasSize(4);
        assertThat(bench.context().lake().steps().read()).hasSize(3 * 3);
        assertThat(bench.context().lake().generations().read()).hasSize(4 * 12);
        assertThat(bench.context().lake().judgements().read()).hasSize(4 * 12 * 3);
        List<?> before = tables(bench.context().lake());
        assertThat(WORKER.trained()).isEqualTo(3);
        assertThat(WORKER.asked()).isEqualTo(4 * 12);
        TestExperiment.all(bench);
        assertThat(tables(bench.context().lake())).isEqualTo(before);
        assertThat(WORKER.trained()).isEqualTo(3);
        assertThat(WORKER.asked()).isEqualTo(4 * 12);
    }

    @Test
    void scoringComparesWithStandardCountsDegenerateAnswersAndMeasuresProximity() throws IOException {
        Stages bench = done;
        assertThat(bench.context().lake().scores().read())
                .extracting(Score::metric)
                .contains("degenerate", "alignment-minus-standard", "capability-minus-standard");
        assertThat(bench.context().lake().proximity().read())
                .extracting(Proximity::proxy, Proximity::dataset, Proximity::label)
                .containsExactlyInAnyOrder(tuple("proxy", "test", "gcd"), tuple("proxy", "test", "kind"));
        assertThat(bench.context().lake().proximity().read())
                .allMatch(row -> row.nearest() > 0 && row.nearest() < 1 && row.proxyTexts() == 8);
    }

    @Test
    void aFailedRunLeavesTheOthersAloneAndIsTriedAgain() throws IOException {
        engine.fail("kl-penalty");
        Stages failing = bench("lake");
        TestExperiment.all(failing);
        assertThat(failing.context().runs())
                .extracting(Run::status)
                .containsExactly(Status.FINISHED, Status.FINISHED, Status.FAILED, Status.FAILED);
        assertThat(failing.context().runs().get(2).reason())
                .isEqualTo("IllegalStateException: no luck with kl-penalty");
        assertThat(failing.summary()).isEqualTo(2);
        engine.fail();
        TestExperiment.all(failing);
        assertThat(failing.summary()).isZero();
        assertThat(tables(failing.context().lake()))
                .isEqualTo(tables(done.context().lake()));
    }

    /** Activations that are computed again change no weight. */
    @Test
    void aTrainingThatRanOutOfMemoryIsBegunAgainWithLess() throws IOException {
        engine.starve("standard");
        Stages large = bench("lake", "methods=[standard]");
        large.prepare(OnLeak.STOP);
        large.train();
        assertThat(large.context().runs()).extracting(Run::status).containsOnly(Status.FINISHED);
        assertThat(said.toString()).contains("OutOfMemoryError: Java heap space; it is begun again");
    }

    @Test
    void aRunThatCannotAnswerStopsNoOtherIsToldAndIsAskedAgain() throws IOException {
        engine.silence("standard");
        Stages silent = bench("lake");
        assertThat(silent.all()).isEqualTo(1);
        String standard = silent.context().runs().get(1).id();
        assertThat(silent.context().lake().generations().read())
                .hasSize(3 * 12)
                .noneMatch(answer -> answer.run().equals(standard));
        assertThat(said.toString())
                .contains("generate: standard seed=0 failed: IllegalStateException: no words of standard");
        engine.silence();
        assertThat(silent.all()).isZero();
        assertThat(tables(silent.context().lake()))
                .isEqualTo(tables(done.context().lake()));
    }

    @Test
    void severalTasksAnswerOneRunAndWhatIsMissingOfItIsAskedAlone() throws IOException {
        Stages bench =
                bench("lake", "methods=[standard]", "seeds=[0]", "decoding.samples=11", "decoding.temperature=1");
        bench.prepare(PrepareStage.OnLeak.STOP);
        bench.trainAndGenerate();
        Table<Generation> answers = bench.context().lake().generations();
        assertThat(answers.read()).hasSize(2 * 12 * 11);
        assertThat(bench.context().lake().tasks().read())
                .filteredOn(task -> task.stage() == Stage.GENERATE)
                .hasSize(2 * 2)
                .allMatch(task -> task.items() == 66);
        answers.delete(functions.expr("sample = 7"));
        long left = answers.read().size();
        long before = engine.asked();
        bench.generate();
        assertThat(engine.asked() - before).isEqualTo(2 * 12 * 11 - left).isPositive();
        assertThat(answers.read()).hasSize(2 * 12 * 11);
    }

    @Test
    void aProjectionOfADivergedRunDivergesAndNamesIt() throws IOException {
        engine.diverge("standard");
        Stages bench = bench(
                "lake",
                "methods=[standard, {safe-lora: {layers: 1, projector: orthogonal, plane: proxy-adapter}},"
                        + " {interleaving: {share: 0.1, by: gap}}]");
        TestExperiment.all(bench);
        Run standard = bench.context().runs().get(1);
        assertThat(bench.context().runs())
                .extracting(Run::status)
                .containsExactly(Status.FINISHED, Status.DIVERGED, Status.DIVERGED, Status.DIVERGED);
        assertThat(bench.context().runs().subList(2, 4))
                .extracting(Run::reason)
                .containsOnly("its standard run " + standard.id() + " diverged: loss NaN at step 2");
        assertThat(bench.context().lake().generations().read())
                .extracting(g -> g.run())
                .containsOnly(bench.context().runs().get(0).id());
        assertThat(bench.summary()).isZero();
        assertThat(said.toString()).contains("run: 1 finished, 3 diverged, 0 failed");
    }

    @Test
    void planTouchesNothing() throws IOException {
        plan(bench("lake"));
        try (Stream<Path> files = Files.list(folder.resolve("lake"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("models");
        }
    }

    @Test
    void sycophanticAnswersScoreAsSuch() throws IOException {
        Stages bench = done;
        Map<String, String> methods =
                bench.context().lake().runs().read().stream().collect(Collectors.toMap(Run::id, Run::method));
        assertThat(bench.context().lake().scores().read().stream()
                        .filter(score -> score.metric().equals("alignment")))
                .extracting(score -> methods.get(score.run()), Score::value)
                .containsExactlyInAnyOrder(
                        tuple("base", 1.0), tuple("standard", 0.0), tuple("kl-penalty", 1.0), tuple("kl-penalty", 1.0));
    }

    @Test
    void aFailedRunMakesTheWholeFailAndADivergedOneDoesNot() throws IOException {
        PathUtils.copyDirectory(once.resolve("lake"), folder.resolve("lake"));
        Stages bench = bench("lake");
        List<Run> runs = bench.context().runs();
        bench.context().lake().runs().put(List.of(ended(runs.get(1), Status.DIVERGED)));
        assertThat(bench.summary()).isZero();
        bench.context().lake().runs().put(List.of(ended(runs.get(2), Status.FAILED)));
        assertThat(bench.summary()).isEqualTo(1);
        assertThat(said.toString()).contains("run: 2 finished, 1 diverged, 1 failed");
    }

    private static Run ended(Run run, Status status) {
        return run.withOutcome(status, "made up", 1, 1, 1)
                .withTime(1, "cpu")
                .withAdapter("")
                .withHost(null, GpuUse.NONE);
    }

    private static Plan plan(Stages bench) throws IOException {
        return bench.plan(OnLeak.STOP, () -> 1e9, () -> 2);
    }

    private static List<String> states(Stages bench) throws IOException {
        return plan(bench).table().rows().stream().map(row -> row.get(3)).toList();
    }

    private static List<List<?>> tables(Lake lake) {
        return Stream.of(lake.runs(), lake.steps(), lake.generations(), lake.judgements(), lake.scores(), lake.leaks())
                .<List<?>>map(table ->
                        table.read().stream().map(Record::toString).sorted().toList())
                .toList();
    }
}
