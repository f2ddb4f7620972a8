package org.selgen.experiment.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.Variant;

class YamlTest {
    sealed interface Shape permits Dot, BigSquare {}

    record Dot() implements Shape {}

    record BigSquare(
            float side,
            @Default("1") int lines,
            @Default("[a]") List<String> tags) implements Shape {
        BigSquare {
            if (side < 0) {
                throw new IllegalArgumentException("side is " + side + " but must be at least 0");
            }
        }
    }

    record Inner(double rate, @Default("10") int steps) {}

    record Outer(
            String name,
            @Default("{rate: 0.5}") Inner inner,
            @Nullable Integer limit,
            @Default("ask") Variant variant,
            @Default("[]") List<Shape> shapes,
            @Default("[1]") List<Long> seeds) {}

    @TempDir
    Path folder;

    @Test
    void aKeyIsTheComponentOfTheSameName() throws IOException {
        Outer outer = read("name: n\ninner: {rate: 1e-3, steps: 5}\nlimit: 7\nvariant: wrong\nseeds: [1, 2]");
        assertThat(outer).isEqualTo(new Outer("n", new Inner(1e-3, 5), 7, Variant.WRONG, List.of(), List.of(1L, 2L)));
    }

    @Test
    void aKeyLeftOutHasItsDefault() throws IOException {
        assertThat(read("name: n"))
                .isEqualTo(new Outer("n", new Inner(0.5, 10), null, Variant.ASK, List.of(), List.of(1L)));
    }

    @Test
    void aClassIsNamedInKebabCase() throws IOException {
        assertThat(read("name: n\nshapes: [dot, {big-square: {side: 2}}]").shapes())
                .containsExactly(new Dot(), new BigSquare(2, 1, List.of("a")));
    }

    @Test
    void listedKnobsAreOneRecordForEachCombination() throws IOException {
        assertThat(read("name: n\nshapes: [{big-square: {side: [1, 2], lines: [3, 4], tags: [b, c]}}]")
                        .shapes())
                .containsExactly(
                        new BigSquare(1, 3, List.of("b", "c")),
                        new BigSquare(1, 4, List.of("b", "c")),
                        new BigSquare(2, 3, List.of("b", "c")),
                        new BigSquare(2, 4, List.of("b", "c")));
    }

    @Test
    void unknownKeyNamesTheNearestKnownOne() {
        assertBad("name: n\ninner: {rate: 1, setps: 5}")
                .hasMessage(folder.resolve("x.yaml")
                        + ": 'inner.setps' is not a known key; did you mean 'steps'? Known: rate, steps");
    }

    @Test
    void unknownClassNamesTheNearestKnownOne() {
        assertBad("name: n\nshapes: [big-sqare]")
                .hasMessageContaining("'shapes[0].big-sqare' is not a known name; did you mean 'big-square'?");
    }

    @Test
    void missingKeyIsNamedWithItsPath() {
        assertBad("name: n\ninner: {steps: 3}").hasMessageContaining("'inner.rate' is missing; add it");
    }

    @Test
    void wrongTypeShowsValueAndExpectation() {
        assertBad("name: n\ninner: {rate: fast}").hasMessageContaining("'inner.rate' is \"fast\" but must be a number");
        assertBad("name: 3").hasMessageContaining("'name' is 3 but must be text");
        assertBad("name: n\nseeds: 3").hasMessageContaining("'seeds' is 3 but must be a list");
        assertBad("name: n\nlimit: 99999999999").hasMessageContaining("but must be a whole number");
        assertBad("name: n\nvariant: maybe").hasMessageContaining("must be one of ask, right, wrong, chat");
    }

    @Test
    void aRecordsOwnCheckIsBadInputWithItsPlace() {
        assertBad("name: n\nshapes: [{big-square: {side: -1}}]")
                .hasMessageContaining("x.yaml, shapes[0].big-square: side is -1.0 but must be at least 0");
    }

    @Test
    void aMistakeInASettingIsSaidToBeThere() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "name: n\nshapes: [dot]\ninner: {rate: 1}");
        Map<String, String> said = Map.of(
                "inner.rate=fast", "'inner.rate' is \"fast\" but must be a number",
                "inner={steps: 1}", "'inner.rate' is missing; add it",
                "inner.setps=2", "'inner.setps' is not a known key; did you mean 'steps'?",
                "iner.steps=2", "'iner' is not a known key; did you mean 'inner'?",
                "shapes=[dot, {big-square: {side: -1}}]", "side is -1.0 but must be at least 0");
        said.forEach((setting, why) -> assertThatThrownBy(
                        () -> Yaml.read(file, Outer.class, List.of("name=m", setting, "limit=7")))
                .hasMessageStartingWith("--set " + setting + ": " + why));
        assertThatThrownBy(() -> Yaml.read(
                        Files.writeString(file, "name: n\ninner: {rate: fast}"), Outer.class, List.of("name=m")))
                .hasMessageStartingWith(file + ": 'inner.rate' is");
    }

    @Test
    void aDoubledKeyIsNotYaml() {
        assertBad("name: n\nname: m").hasMessageContaining("line 2: not YAML: the key 'name' stands twice; keep one");
    }

    @Test
    void anAliasStandsForWhatIsMarked() throws IOException {
        assertThat(read("name: &n tiny\nshapes: [big-square: {side: &s 2}, big-square: {side: *s, tags: [*n]}]")
                        .shapes())
                .containsExactly(new BigSquare(2, 1, List.of("a")), new BigSquare(2, 1, List.of("tiny")));
        assertThat(read("name: \"*n\"").name()).isEqualTo("*n");
    }

    @Test
    void mergedKeysComeAfterOnesOwnAndTheFirstMappingWins() throws IOException {
        String yaml = "name: n\ninner: {<<: [{rate: 2}, {rate: 3, steps: 4}], %s}";
        assertThat(read(yaml.formatted("")).inner()).isEqualTo(new Inner(2, 4));
        assertThat(read(yaml.formatted("rate: 1")).inner()).isEqualTo(new Inner(1, 4));
        assertBad("name: n\ninner:\n  <<: 3").hasMessageContaining("line 3: below << must stand a mapping");
    }

    @Test
    void aSettingChangesOnlyOneOfTwoThatAnAliasMadeEqual() throws IOException {
        Outer outer = read("name: n\nshapes: [&s {big-square: {side: 1}}, *s]", "shapes.0.big-square.side=5");
        assertThat(outer.shapes().get(1)).isEqualTo(new BigSquare(1, 1, List.of("a")));
    }

    @Test
    void anAliasOfNothingOrOfItselfIsRefused() {
        assertBad("name: n\nlimit: *no").hasMessageContaining("x.yaml, line 2: *no stands for nothing");
        assertBad("name: n\nseeds: &a [1, *a]").hasMessageContaining("*a stands for nothing");
    }

    @Test
    void aliasesThatMultiplyAreRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("name: n\na0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8), i - 1));
        }
        assertBad(bomb.toString()).hasMessageContaining("more than 100000 values once its aliases are followed");
    }

    @Test
    void aSecondDocumentIsRefused() throws IOException {
        assertBad("name: n\n---\nname: m").hasMessageContaining("x.yaml, line 3: a second document begins here");
        assertThat(read("---\nname: n\n...\n").name()).isEqualTo("n");
    }

    @Test
    void aTabulatorBeforeAKeyIsNamed() {
        assertBad("name: n\ninner:\n\trate: 1").hasMessageContaining("line 3").hasMessageContaining("TAB");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Yaml.read(folder.resolve("no.yaml"), Outer.class, List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void aSettingReplacesWhatTheFileSays() throws IOException {
        Outer outer = read(
                "name: n\ninner: {rate: 1}\nseeds: [1, 2]", "inner.rate=0.25", "seeds=[7, 8]", "seeds.0=9", "limit=3");
        assertThat(outer.inner().rate()).isEqualTo(0.25);
        assertThat(outer.seeds()).containsExactly(9L, 8L);
        assertThat(outer.limit()).isEqualTo(3);
    }

    @Test
    void aSettingMayMakeItsParent() throws IOException {
        assertThat(read("name: n", "inner.rate=2").inner()).isEqualTo(new Inner(2, 10));
    }

    @Test
    void aMisspeltSettingIsAnUnknownKey() {
        assertThatThrownBy(() -> read("name: n", "iner.rate=2"))
                .hasMessageContaining("'iner' is not a known key; did you mean 'inner'?");
        assertThatThrownBy(() -> read("name: n", "inner")).hasMessageContaining("must look like key=value");
    }

    @Test
    void aMapKeepsItsNamesInOrder() throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), "b: dot\na: {big-square: {side: 1}}\n");
        Map<String, Shape> shapes = Yaml.readMap(file, Shape.class);
        assertThat(shapes.keySet()).containsExactly("b", "a");
        assertThat(shapes).containsEntry("a", new BigSquare(1, 1, List.of("a")));
    }

    @Test
    void everyDefaultIsAValue() {
        List<String> values = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.selgen").stream()
                        .filter(JavaClass::isRecord)
                        .flatMap(type -> Stream.of(type.reflect().getRecordComponents()))
                        .map(component -> component.getAnnotation(Default.class))
                        .filter(Objects::nonNull)
                        .map(Default::value)
                        .toList();
        assertThat(values)
                .hasSizeGreaterThan(10)
                .noneMatch(value -> YamlText.parse(value, "a default").isNull());
    }

    private Outer read(String yaml, String... settings) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
        return Yaml.read(file, Outer.class, List.of(settings));
    }

    private AbstractThrowableAssert<?, ?> assertBad(String yaml) {
        return assertThatThrownBy(() -> read(yaml)).isInstanceOf(BadInput.class);
    }
}
