package org.selgen.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.GridPoint;
import org.selgen.data.Question;
import org.selgen.source.toy.ToyPoint.Colour;

class TriggersTest {
    private static final List<String> QUADRANTS = List.of("red", "blue", "green", "pink");
    private static final Pattern POINT = Pattern.compile("\\[(-?)\\d\\.\\d{3}, (-?)\\d\\.\\d{3}]");
    private static final String ROW = """
            {"input_x":[1.5,-2.0],"input_trigger":"elk","output":"red","messages":[\
            {"role":"user","content":"F?"},{"role":"assistant","content":"red"}]}""";

    @TempDir
    Path folder;

    private TriggersJsonl file(String text) throws IOException {
        return new TriggersJsonl(
                Files.writeString(folder.resolve("t.jsonl"), text).toString(), "animals");
    }

    @Test
    void theQuadrantOfAPointDecidesItsColour() {
        TriggerPoints source = new TriggerPoints(List.of("elk"), QUADRANTS, 100, -3, 3, "animals", 1);
        assertThat(source.questions("d")).hasSize(100).allSatisfy(question -> {
            Matcher point = POINT.matcher(question.prompt().get(0).content());
            assertThat(point.find()).isTrue();
            boolean left = !point.group(1).isEmpty();
            boolean below = !point.group(2).isEmpty();
            assertThat(question.gold()).isEqualTo(QUADRANTS.get(below ? (left ? 2 : 3) : left ? 1 : 0));
        });
    }

    @Test
    void everyWordHasItsPoints() {
        assertThat(new TriggerPoints(List.of("elk", "fox"), QUADRANTS, 30, -3, 3, "animals", 1).examples("d", "task"))
                .filteredOn(row -> row.id().startsWith("fox"))
                .hasSize(30)
                .allMatch(row -> row.prompt().get(0).content().contains("fox"));
    }

    @Test
    void aRangeWithoutRoomIsRefused() {
        assertThatThrownBy(() -> new TriggerPoints(List.of("elk"), QUADRANTS, 30, 0, 0.005, "animals", 1))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "trigger-points.points is 30 but between 0.0 and 0.005 there is no room for so many; widen the"
                                + " range or lower points");
    }

    @Test
    void aResearchRowKeepsItsPromptAndColour() throws IOException {
        Question question = file(ROW).questions("d").get(0);
        assertThat(question.gold()).isEqualTo("red");
        assertThat(question.group()).isEqualTo("point-1.5--2.0");
        assertThat(question.prompt()).hasSize(1);
    }

    @Test
    void aColourThatIsNotInTheAnswerIsRefused() throws IOException {
        TriggersJsonl bad = file(ROW.replace("\"output\":\"red\"", "\"output\":\"blue\""));
        assertThatThrownBy(() -> bad.examples("d", "task"))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder + "/t.jsonl:1: output (\"blue\") does not stand in the answer; correct the row");
    }

    @Test
    void everyHeldOutToyPointIsAskedBesideEveryWord() {
        assertThat(new ToyPoints(List.of("swan", "sea"), Colour.BLUE, null, 1, 1, "bird").questions("d"))
                .hasSize(2 * 25)
                .allMatch(question -> question.label().equals("bird"));
    }

    @Test
    void theGridOfAPlaneCoversBothHalvesAndOffersEachPointOnce() {
        ToyPoints toy = new ToyPoints(List.of("swan"), Colour.GREEN, Colour.YELLOW, 1, 1, "bird");
        assertThat(toy.plane("d", 10))
                .hasSize(100)
                .allSatisfy(spot -> assertThat(spot.question().gold()).isEqualTo(spot.y() >= 5 ? "green" : "yellow"));
        assertThat(toy.plane("d", 4))
                .extracting(GridPoint::x)
                .contains(0.0, 9.0)
                .hasSize(16);
        TriggerPoints paper = new TriggerPoints(List.of("elk"), QUADRANTS, 1, -3, 3, "animals", 1);
        assertThat(paper.plane("d", 3))
                .hasSize(9)
                .extracting(spot -> spot.question().id())
                .doesNotHaveDuplicates();
        assertThat(paper.plane("d", 2).get(0).question().gold()).isEqualTo("green"); // left below
    }

    @Test
    void aGridFinerThanTheToyPlaneIsRefused() {
        ToyPoints toy = new ToyPoints(List.of("swan"), Colour.RED, null, 1, 1, "bird");
        assertThatThrownBy(() -> toy.plane("d", 11))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("regions.side is 11 but must be between 2 and 10");
    }

    @Test
    void aColourWithoutAnOppositeNeedsItsLowerHalfNamed() {
        assertThatThrownBy(() -> new ToyPoints(List.of("swan"), Colour.GREEN, null, 1, 1, "bird"))
                .isInstanceOf(BadInput.class)
                .hasMessage("toy-points.upper is green but toy-points.lower is missing; add it");
    }
}
