package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.lm.Adapter;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.PeftConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.stage.LocalEngine;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Stages;

/** An adapter and a model of other tools among the methods. */
class ExternalTest {
    private static final Path TINY = Path.of("data-lake/models/tiny").toAbsolutePath();
    private static final Path OTHER =
            Path.of("src/test/resources/golden/models/llama3").toAbsolutePath();

    @TempDir
    private Path folder;

    private TestExperiment experiment;

    @BeforeEach
    void lay() throws IOException {
        experiment = TestExperiment.in(folder, TestExperiment.TINY, "seeds=[0, 1]", "decoding.maxTokens=24");
        adapter("peft", TINY, "org/Tiny", 1);
    }

    private void adapter(String name, Path model, String base, long seed) {
        LoraConfig lora = new LoraConfig(2, 4, true, List.of("q_proj"));
        try (Adapter fresh = Adapter.fresh(lora, DecoderConfigJson.read(model), seed)) {
            fresh.write(folder.resolve("conf/experiments").resolve(name), new PeftConfig(base, lora));
        }
    }

    private Stages stages(String... methods) throws IOException {
        return experiment.stages("lake", new LocalEngine(), new StringWriter(), "methods=" + Arrays.toString(methods));
    }

    private static String peft(String name) {
        return "{external: {adapter: peft, name: " + name + "}}";
    }

    private static String model(Path folder) {
        return "{external: {model: " + folder + ", name: whole}}";
    }

    private static List<RunSpec> runs(Stages stages) throws IOException {
        return stages.context().matrix(new RunMatrix.Hashes("data", "")).runs();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String... methods) {
        return assertThatThrownBy(() -> {
                    ExperimentContext context = stages(methods).context();
                    context.check(context.model());
                })
                .isInstanceOf(BadInput.class);
    }

    @Test
    void eachIsOneRunWhateverTheSeeds() throws IOException {
        assertThat(runs(stages("standard", peft("theirs"), model(Path.of(TINY + "-unaligned")))))
                .extracting(RunSpec::title)
                .containsExactly(
                        "base", "standard seed=0", "standard seed=1", "external name=theirs", "external name=whole");
    }

    @Test
    void contentsDecideItsIdAndThatOfNoOther() throws IOException {
        List<String> before = ids(stages("standard", peft("theirs")));
        Files.writeString(folder.resolve("conf/experiments/peft/README.md"), "a word on it");
        assertThat(ids(stages("standard", peft("theirs")))).isEqualTo(before);
        adapter("peft", TINY, "org/Tiny", 2);
        List<String> after = ids(stages("standard", peft("theirs")));
        assertThat(after.subList(0, 3)).isEqualTo(before.subList(0, 3));
        assertThat(after.get(3)).isNotEqualTo(before.get(3));
        assertThat(ids(stages("standard")).subList(0, 3)).isEqualTo(before.subList(0, 3));
    }

    private static List<String> ids(Stages stages) throws IOException {
        return runs(stages).stream().map(spec -> spec.run().id()).toList();
    }

    @Test
    void aFolderThatIsNotThereIsRefusedWithThePlaces() {
        refused("standard", "{external: {adapter: pefd, name: theirs}}")
                .hasMessageStartingWith("methods: external 'theirs': there is no folder ")
                .hasMessageContaining(folder.resolve("conf/experiments/pefd").toString());
        refused("standard", model(folder.resolve("none"))).hasMessageContaining("external 'whole': model is '");
    }

    @Test
    void anAdapterOfAnotherShapeIsRefused() {
        adapter("peft", OTHER, "", 1);
        refused("standard", peft("theirs"))
                .hasMessageStartingWith("methods: external 'theirs': ")
                .hasMessageContaining("check that the adapter was made for this base model");
    }

    @Test
    void anAdapterThatNamesAnotherBaseIsRefusedUnlessTheExperimentSaysThatItIsTheSame() throws IOException {
        adapter("peft", TINY, "org/tiny-instruct", 1);
        refused("standard", peft("theirs"))
                .hasMessageContaining(
                        "the adapter was made for the base model 'org/tiny-instruct' but the experiment's is")
                .hasMessageContaining("base: 'org/tiny-instruct'");
        ExperimentContext context = stages(
                        "standard", "{external: {adapter: peft, name: theirs, base: org/tiny-instruct}}")
                .context();
        context.check(context.model());
    }

    @Test
    void aModelInThePlaceOfAnAdapterIsRefused() {
        refused("standard", "{external: {adapter: " + TINY + ", name: theirs}}")
                .hasMessageContaining(
                        "has no adapter_config.json; give a folder that PEFT has written, or, of a whole");
    }

    @Test
    void aNameThatAnotherHasIsRefused() {
        refused("standard", peft("theirs"), "{external: {model: " + TINY + ", name: theirs}}")
                .hasMessageContaining("methods has two externals of the name 'theirs'; rename one");
        refused("standard", peft("standard")).hasMessageContaining("which the tables call a run of selgen's own");
        refused("standard", "{external: {name: theirs}}").hasMessageContaining("has neither adapter and model");
    }

    @Test
    @Tag("slow")
    void itIsAskedJudgedAndScoredLikeARunAndNeverAgain() throws IOException {
        Stages stages = stages(peft("theirs"), model(Path.of(TINY + "-unaligned")));
        TestExperiment.all(stages);
        List<Run> runs = stages.context().finished();
        assertThat(runs).extracting(Run::method).containsExactly("base", "external", "external");
        assertThat(runs).extracting(Run::steps).containsOnly(0);
        assertThat(folder.resolve("lake").resolve(runs.get(1).adapter())).isDirectoryContaining("glob:**/adapter_*");
        List<Generation> answers = stages.context().lake().generations().read();
        List<List<String>> texts = runs.stream()
                .map(run -> answers.stream()
                        .filter(answer -> answer.run().equals(run.id()))
                        .map(answer -> answer.question() + answer.answer())
                        .sorted()
                        .toList())
                .toList();
        assertThat(texts.get(1)).isEqualTo(texts.get(0)); // B of a fresh adapter is 0
        assertThat(texts.get(2)).isNotEqualTo(texts.get(0)).hasSameSizeAs(texts.get(0));
        Stream<Score> own = stages.context().lake().scores().read().stream()
                .filter(score ->
                        score.run().equals(runs.get(2).id()) && score.metric().equals(Score.ALIGNMENT));
        assertThat(own).isNotEmpty().allMatch(score -> score.meanLow() != null);
        assertThat(Files.readString(folder.resolve("lake/report/toy/index.html")))
                .contains("\"knobs\":\"name=whole\"", "external: an adapter or a model of other tools");
        assertThat(new ArrayList<>(stages.context().missing())).isEmpty();
        stages.prepare(OnLeak.STOP);
        stages.trainAndGenerate();
        assertThat(stages.context().lake().generations().read()).hasSameSizeAs(answers);
    }
}
