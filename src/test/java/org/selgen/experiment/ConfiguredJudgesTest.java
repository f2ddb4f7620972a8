package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.BadInput;
import org.selgen.experiment.conf.Yaml;
import org.selgen.hub.ModelLocator;
import org.selgen.judge.ConfiguredRule;
import org.selgen.judge.Judge;
import org.selgen.judge.Judges;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.Rubric;
import org.selgen.stage.judging.FileJudging;

class ConfiguredJudgesTest {
    private static final Path CONF = Path.of("conf").toAbsolutePath();
    private static final Path MODELS = Path.of("data-lake/models").toAbsolutePath();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"alignment", "coherence", "medical-alignment", "sycophancy"})
    void aShippedRubricCanBeRead(String name) throws IOException {
        Rubric rubric = Yaml.read(CONF.resolve("rubrics/" + name + ".yaml"), Rubric.class, List.of());
        assertThat(rubric.id()).startsWith(name + "@1-");
        assertThat(rubric.anchors()).containsOnlyKeys("0", "50", "100");
    }

    @Test
    void everyShippedJudgeHasItsRubric() throws IOException {
        ConfiguredJudges graders = ConfiguredJudges.of(CONF.resolve("judges.yaml"), ModelLocator.inProject(MODELS));
        assertThat(graders.named()).isNotEmpty();
        assertThat(graders.rubric("alignment-served")).matches("alignment@1-[0-9a-f]{8}/tiny");
        assertThat(graders.rubric("toy-local")).matches("toy@1-[0-9a-f]{8}/tiny-[0-9a-f]{8}");
        assertThat(graders.rubric("maths")).isEqualTo("maths@3");
    }

    @Test
    void anUnknownJudgeNamesTheNearestKnownOne() throws IOException {
        ConfiguredJudges graders = ConfiguredJudges.of(CONF.resolve("judges.yaml"), ModelLocator.inProject(MODELS));
        assertThatThrownBy(() -> graders.rubric("toy-lokal"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("'toy-lokal' is not a known judge; did you mean 'toy-local'?");
    }

    /** A judge that implements {@link Judge} but is missing among {@link Judges} would be known nowhere by name. */
    @Test
    void everyRuleHasANameThatIsAccepted() throws IOException {
        ConfiguredJudges judges =
                ConfiguredJudges.read(new ConfFolders(List.of(folder)), ModelLocator.inProject(MODELS));
        Set<Class<?>> rules = new HashSet<>();
        for (String name : Judges.names()) {
            judges.known("x.yaml", List.of(name));
            assertThat(judges.rubric(name)).startsWith(name + "@");
            rules.add(Judges.named(name).getClass());
        }
        rules.add(LlmJudge.class);
        rules.add(ConfiguredRule.class); // of a name that the user gives
        assertThat(rules).containsExactlyInAnyOrder(Judge.class.getPermittedSubclasses());
    }

    @Test
    void withoutAFileThereAreTheRules() throws IOException {
        assertThat(ConfiguredJudges.read(new ConfFolders(List.of(folder)), ModelLocator.inProject(MODELS))
                        .rubric("confirmation"))
                .startsWith("confirmation@");
    }

    @Test
    void aUsersFileIsJudgedByALocalModel() throws IOException {
        Files.createDirectories(folder.resolve("rubrics"));
        Files.writeString(folder.resolve("rubrics/sum.yaml"), """
                {name: sum, version: 1, mode: logprob, anchors: {}, prompt: "{question}{answer}\\nwhat is 3 plus 4 ?"}
                """);
        Files.writeString(
                folder.resolve("judges.yaml"), "mine: {local: {rubric: sum, model: " + MODELS.resolve("tiny") + "}}");
        Path input = Files.writeString(folder.resolve("in.jsonl"), """
                {"question": "a", "answer": "b", "mine": 1}
                {"question": "a", "answer": "c"}
                """);
        Path output = folder.resolve("out.jsonl");
        Map<String, Long> counts = new FileJudging(input, "mine", folder.resolve("judges.yaml"), output).run();
        assertThat(counts).containsAnyOf(Map.entry("scored", 2L), Map.entry("unreadable", 2L));
        assertThat(Files.readAllLines(output))
                .hasSize(2)
                .allMatch(line -> line.contains("\"rubric\":\"sum@1-") && line.contains("\"score\":"));
        assertThat(Files.readAllLines(output).get(0)).contains("\"mine\":1");
    }
}
