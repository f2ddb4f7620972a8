package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.score.Seeds.Setting;
import org.selgen.score.TestedClaims.Sides;

class ClaimSidesTest {
    @TempDir
    Path folder;

    private List<Sides> sides(Path file, String... settings) throws IOException {
        ExperimentContext context = ExperimentContext.open(
                Lake.open(LocalSpark.session(), folder.resolve("lake")), file, List.of(settings));
        RunMatrix matrix = new RunMatrix(context.experiment(), RunMatrix.Models.UNKNOWN, new RunMatrix.Hashes("", ""));
        return ClaimSides.of(context.experiment(), context.catalog().judges().conf(), matrix.runs());
    }

    @ParameterizedTest
    @CsvSource({"frontier-2026, 0", "frontier-2026-smollm2, 8"})
    void bothSidesOfEachClaimAreSettingsOfTheExperiment(String name, int without) throws IOException {
        List<Sides> sides = sides(Path.of("conf/experiments/" + name + ".yaml"));
        assertThat(sides).hasSizeGreaterThan(20);
        assertThat(sides.stream()
                        .flatMap(each -> Stream.of(each.of(), each.to()))
                        .filter(java.util.Set::isEmpty))
                .as("of o-lora, safe-lora, dpo, consistency, OGPSA and stopping at a task loss")
                .hasSize(without);
    }

    @Test
    void aControlThatNoRunHasIsRefused() throws IOException {
        ExperimentContext context = ExperimentContext.open(
                Lake.open(LocalSpark.session(), folder.resolve("lake")),
                Path.of("conf/experiments/frontier-2026.yaml"),
                List.of(
                        "score.select.controls=[{method: interleaving, knobs: {by: gap}}, {method: kl-penalty, knobs: {beta: 3}}]"));
        RunMatrix matrix = new RunMatrix(context.experiment(), RunMatrix.Models.UNKNOWN, new RunMatrix.Hashes("", ""));
        assertThatThrownBy(
                        () -> ClaimSides.controls(context.experiment().score().select(), matrix.runs()))
                .isInstanceOf(BadInput.class)
                .hasMessage("score.select.controls names kl-penalty with {beta=3}, which no run of the experiment has;"
                        + " change it, or take it out");
    }

    @Test
    void aKnobAtItsDefaultAndOneOfSeveralValuesNameSettings() throws IOException {
        Files.createDirectories(folder.resolve("claims"));
        Files.writeString(folder.resolve("claims/mine.yaml"), """
                Steps along the KL are better:
                  source: me
                  of: {method: gradient-projection, knobs: {proxy: kl}}
                  to: {method: gradient-projection, knobs: {proxy: cross-entropy, when: [always, conflict]}}
                """);
        Path file = Files.copy(Path.of("conf/experiments/frontier-2026.yaml"), folder.resolve("frontier-2026.yaml"));
        Sides one = sides(file, "report.claims=mine").get(0);
        assertThat(one.of()).extracting(Setting::knobs).containsExactly("scope=global,when=conflict,proxy=kl");
        assertThat(one.to())
                .extracting(Setting::knobs)
                .containsExactlyInAnyOrder(
                        "scope=per-parameter,when=always",
                        "scope=per-parameter,when=conflict",
                        "scope=per-parameter,when=always,every=10,rank=2");
        Files.writeString(folder.resolve("claims/mine.yaml"), "A claim: {source: me, of: {method: kl-penaltie}}");
        assertThatThrownBy(() -> sides(file, "report.claims=mine"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("'kl-penaltie' is not a known method; did you mean 'kl-penalty'?");
        assertThatThrownBy(() -> sides(file, "score.select=null"))
                .hasMessageContaining("score.select does not say how");
    }
}
