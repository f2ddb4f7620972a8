package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.GpuUse;
import org.selgen.data.Interval;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Status;
import org.selgen.score.ParetoFront;

@Tag("slow")
class ViewsTest {
    @TempDir
    private Path folder;

    private final SparkSession spark = LocalSpark.session().newSession(); // whose settings are its own

    @Test
    void aStatementBringsTheTablesThatItNamesAndThoseOfItsViews() throws IOException {
        SparkSession session = LocalSpark.session().newSession();
        Lake lake = Lake.create(session, folder.resolve("empty"));
        Views.register(lake, "SELECT count(*) FROM Runs JOIN tasks USING (run)");
        assertThat(Stream.of("runs", "tasks", "scores", "standings").filter(session.catalog()::tableExists))
                .containsExactly("runs", "tasks");
        Views.register(lake, "SELECT * FROM standings");
        assertThat(session.catalog().tableExists("standings")).isTrue();
        assertThat(session.catalog().tableExists("steps")).isFalse();
        Views.register(lake, "SHOW VIEWS");
        assertThat(session.catalog().tableExists("answers")).isTrue();
        assertThat(session.catalog().tableExists("steps")).isTrue();
    }

    @Test
    void theFrontOfTheViewIsTheFrontOfTheReport() throws IOException {
        Random random = new Random(3);
        List<Run> runs = new ArrayList<>();
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Run run = run("kl-penalty", "beta=" + i / 2, i % 2);
            runs.add(run);
            scores.add(score(run, Score.CAPABILITY, random.nextInt(5) / 4.0)); // few values, so that some are equal
            scores.add(score(run, Score.ALIGNMENT, random.nextInt(5) / 4.0));
            scores.add(score(run, Score.DEGENERATE, i == 8 || i == 9 ? 0.21 : 0.2));
            if (i / 2 == 4) {
                scores.set(scores.size() - 3, score(run, Score.CAPABILITY, 1.0)); // would be on the front alone
                scores.set(scores.size() - 2, score(run, Score.ALIGNMENT, 1.0));
            }
        }
        register(runs, scores);
        List<Row> rows = spark.sql("SELECT knobs, alignment, capability, front, seeds FROM standings")
                .collectAsList();
        List<ParetoFront.Point> points = rows.stream()
                .filter(row -> !row.getString(0).equals("beta=4")) // a broken model's
                .map(row -> new ParetoFront.Point(row.getString(0), row.getDouble(1), row.getDouble(2)))
                .toList();
        assertThat(rows).hasSize(20).allMatch(row -> row.getLong(4) == 2);
        assertThat(rows.stream().filter(row -> row.getBoolean(3)).map(row -> row.getString(0)))
                .containsExactlyInAnyOrderElementsOf(names(ParetoFront.of(points)));
    }

    @Test
    void aSettingHasTheIntervalsOfItsMeanAndItsMarks() throws IOException {
        Run one = run("mixed", "", 0);
        Run other = run("mixed", "", 1);
        Run lone = run("dpo", "", 0);
        Optional<Interval> wide = Optional.of(new Interval(0.1, 0.9));
        Optional<Interval> narrow = Optional.of(new Interval(0.4, 0.6));
        List<Score> scores = new ArrayList<>();
        for (String metric : List.of(Score.CAPABILITY, Score.ALIGNMENT, Score.ALIGNMENT_DISCERNMENT)) {
            scores.add(score(one, metric, 0.4).withSetting(2, wide, narrow));
            scores.add(score(other, metric, 0.6).withSetting(2, wide, narrow));
            scores.add(score(lone, metric, 0.1).withSetting(1, Optional.empty(), Optional.of(new Interval(-0.1, 0.3))));
        }
        register(List.of(one, other, lone), scores);
        assertThat(spark.sql(
                                "SELECT method, capabilityLow, capabilityHigh, alignmentQuestionsLow, alignmentQuestionsHigh,"
                                        + " discernment, discerns, oneSeed, degenerate FROM standings ORDER BY method DESC")
                        .collectAsList())
                .containsExactly(
                        RowFactory.create("mixed", 0.1, 0.9, 0.4, 0.6, 0.5, true, false, false),
                        RowFactory.create("dpo", null, null, -0.1, 0.3, 0.1, false, true, false));
    }

    @Test
    void aRunWithoutAValueOnAnAxisStandsNowhere() throws IOException {
        Run whole = run("mixed", "", 0);
        Run half = run("dpo", "", 0);
        register(
                List.of(whole, half),
                List.of(
                        score(whole, Score.CAPABILITY, 0.5),
                        score(whole, Score.ALIGNMENT, 0.5),
                        score(half, Score.CAPABILITY, 0.9),
                        score(half, Score.ALIGNMENT, null)));
        assertThat(spark.sql("SELECT method, front FROM standings").collectAsList())
                .extracting(row -> row.getString(0), row -> row.getBoolean(1))
                .containsExactly(org.assertj.core.api.Assertions.tuple("mixed", true));
    }

    @Test
    void healthTellsWhatTheGpuDidWhereOneWasHeld() throws IOException {
        Run held = run("mixed", "", 0).withHost("host", new GpuUse("Some Card", 4100, 0.25, "once silent"));
        register(List.of(held, run("base", "", 0)), List.of());
        assertThat(spark.sql("SELECT gpu, gpuPeakMib, gpuBusy, gpuReason FROM health ORDER BY method DESC")
                        .collectAsList())
                .containsExactly(
                        RowFactory.create("Some Card", 4100, 0.25, "once silent"),
                        RowFactory.create(null, null, null, null));
    }

    @Test
    void aNotebookThatDoesNotSayWhereTheLakeIsIsTold() {
        spark.conf().unset(Views.SETTING);
        assertThatThrownBy(() -> Views.register(spark))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("spark.selgen.lake is not set; set it to the folder of the lake");
        spark.conf().set(Views.SETTING, folder.resolve("none").toString());
        assertThatThrownBy(() -> Views.register(spark))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("none but no lake was written there");
    }

    @Test
    void aLakeElsewhereIsFoundByItsUri() throws IOException {
        String place = "viewfs://test/lakes/of-notes";
        Lake.create(() -> spark, Storage.of(place));
        spark.conf().set(Views.SETTING, place);
        Views.register(spark);
        assertThat(Views.lake(spark).storage().uri()).isEqualTo(place);
        assertThat(spark.table("curves").collectAsList()).isEmpty();
    }

    private void register(List<Run> runs, List<Score> scores) throws IOException {
        Lake lake = Lake.create(spark, folder.resolve("lake"));
        lake.runs().put(runs);
        lake.scores().put(scores);
        Views.register(lake);
    }

    private static Set<String> names(List<ParetoFront.Point> points) {
        return points.stream().map(ParetoFront.Point::name).collect(Collectors.toSet());
    }

    private static Run run(String method, String knobs, long seed) {
        return Run.planned(method + knobs + seed, method, knobs, seed, "tiny", "m", "d", "{}", Recipe.WEIGHTS)
                .withOutcome(Status.FINISHED, "", 1, 1, 1)
                .withTime(1, "cpu")
                .withAdapter("a");
    }

    private static Score score(Run run, String metric, Double value) {
        return new Score("toy", run.id(), metric, Score.ALL, value, value, value, 4, 0);
    }
}
