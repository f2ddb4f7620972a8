package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Views;
import org.selgen.plan.Plan;
import org.selgen.stage.PrepareStage.OnLeak;

/** A lake that selgen wrote before there were recipes, with methods that need each other's adapters. */
@Tag("slow")
class OldLakeTest {
    private static final Path OLD = Path.of("src/test/resources/lakes/version-1");
    private static final String[] TRAINED = {
        "standard seed=0", "o-lora lambda=0.1 seed=0", "safe-lora layers=1,plane=proxy-adapter seed=0"
    };

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private Stages stages;
    private Lake lake;

    @BeforeEach
    void copy() throws IOException {
        FileUtils.copyDirectory(OLD.toFile(), folder.toFile());
        lake = Lake.create(LocalSpark.session(), folder.resolve("lake"));
        stages = Stages.open(
                lake,
                folder.resolve("conf/experiments/small.yaml"),
                List.of(TestExperiment.TINY),
                new LocalEngine(),
                new PrintWriter(out));
    }

    @Test
    void itsRowsAreReadAsThoseOfTheFirstRecipe() {
        List<Run> runs = lake.runs().read();
        assertThat(runs).extracting(RunSpec::title).contains("base").contains(TRAINED);
        assertThat(runs).extracting(Run::status).containsOnly(Status.FINISHED);
        assertThat(runs).extracting(Run::recipeOrFirst).containsOnly(Recipe.FIRST);
        assertThat(lake.generations().read())
                .isNotEmpty()
                .extracting(Generation::decoding)
                .containsOnly(stages.context().experiment().decoding().key(Recipe.FIRST));
    }

    @Test
    void itsScoresAreReadWithoutIntervalsOverSeeds() throws IOException {
        assertThat(lake.scores().read()).isNotEmpty().allMatch(score -> score.seeds() == null);
        Views.register(lake);
        assertThat(lake.spark()
                        .sql("SELECT capability, capabilityLow, capabilityQuestionsLow, discernment, oneSeed FROM"
                                + " standings WHERE method <> 'base'")
                        .collectAsList())
                .hasSize(3)
                .allMatch(row -> !row.isNullAt(0) && row.isNullAt(1) && row.isNullAt(2) && row.isNullAt(3))
                .allMatch(row -> row.getBoolean(4));
    }

    @Test
    void whatWasTrainedIsToDoAgainAndThePlanSaysWhy() throws IOException {
        assertThat(stages.context().runs()).extracting(RunSpec::title).containsExactly("base");
        assertThat(stages.context().missing()).extracting(RunSpec::title).containsExactly(TRAINED);
        Plan plan = stages.plan(OnLeak.STOP, () -> 1e9, () -> 2);
        assertThat(plan.notes())
                .anyMatch(
                        note -> note.startsWith("to do again: 3 of the runs are there by recipe 1, but recipe 2 makes"))
                .anyMatch(note -> note.matches("to do again: [1-9]\\d* scores are there by an older version.*"))
                .anyMatch(note -> note.matches("to do again: [1-9]\\d* answers are there by an older recipe.*"))
                .anyMatch(note ->
                        note.matches("to do again: [1-9]\\d* verdicts are there by another version of \\w+@3.*"));
        assertThat(plan.table().rows())
                .filteredOn(row -> row.get(0).equals("train"))
                .extracting(row -> row.get(3))
                .containsExactly("finished", "to do again", "to do again", "to do again");
    }

    @Test
    void doingThemAgainLeavesTheOldRowsAsTheyWereAndTellsThemApart() throws IOException {
        List<Run> runs = lake.runs().read();
        List<Generation> answers = lake.generations().read();
        List<Judgement> verdicts = lake.judgements().read();
        stages.trainAndGenerate();
        stages.judge();
        stages.score();
        assertThat(out.toString()).contains("to do again: 3 of the runs are there by recipe 1");
        assertThat(lake.runs().read())
                .hasSize(runs.size() + 3)
                .containsAll(runs)
                .containsAll(stages.context().runs());
        assertThat(stages.context().runs().stream().skip(1)).allMatch(run -> run.recipeOrFirst() == Recipe.WEIGHTS);
        assertThat(lake.generations().read()).hasSize(2 * answers.size()).containsAll(answers);
        assertThat(verdicts).extracting(Judgement::rubric).contains("maths@1").doesNotContain("maths@3");
        assertThat(lake.judgements().read())
                .containsAll(verdicts)
                .extracting(Judgement::rubric)
                .contains("maths@3");
        Set<String> again = stages.context().runs().stream().map(Run::id).collect(Collectors.toSet());
        assertThat(lake.scores().read()).allMatch(score -> (score.seeds() != null) == again.contains(score.run()));
        Views.register(lake);
        assertThat(lake.spark()
                        .sql("SELECT method, recipe FROM standings ORDER BY method, recipe")
                        .collectAsList())
                .extracting(row -> row.getString(0) + row.get(1))
                .containsExactly(
                        "basenull", "o-lora1", "o-lora2", "safe-lora1", "safe-lora2", "standard1", "standard2");
    }
}
