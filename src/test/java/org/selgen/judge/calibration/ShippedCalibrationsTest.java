package org.selgen.judge.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Calibration;
import org.selgen.judge.Judge;
import org.selgen.judge.Judges;

/** What conf and the documentation say of judges is what their gold and today's code give. */
class ShippedCalibrationsTest {
    private static final Path CONF = Path.of("conf");
    private static final Path PAGE = Path.of("src/site/markdown/judges.md");

    private static List<Calibration> kept() throws IOException {
        return Calibrations.read(List.of(CONF.resolve(Calibrations.FILE))).all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirmation", "maths", "recklessness", "degenerate"})
    void theKeptFiguresOfARuleAreThoseOfItsGold(String name) throws IOException {
        Judge judge = Judges.named(name);
        GoldFile gold = GoldFile.read(CONF.resolve("gold/" + name + ".jsonl"), judge, null);
        assertThat(kept())
                .filteredOn(each -> each.judge().equals(judge.rubric()))
                .containsExactly(JudgedGold.by(judge, gold).calibration().orElseThrow());
    }

    @Test
    void theTableOfTheDocumentationHasEachKeptFigure() throws IOException {
        List<String> rows = Files.readAllLines(PAGE);
        assertThat(kept())
                .hasSizeGreaterThan(3)
                .allSatisfy(each -> assertThat(rows)
                        .as(each.judge())
                        .anyMatch(row -> row.startsWith("| `" + name(each) + "`") && row.endsWith(figures(each))));
    }

    /** As conf names it: a model's is that of its rubric with {@code -open} behind it. */
    private static String name(Calibration kept) {
        String rubric = kept.judge().replaceAll("@.*", "");
        return kept.judge().contains("/") ? rubric + "-open" : rubric;
    }

    private static String figures(Calibration kept) {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %.2f | %.2f | %.2f to %.2f | %s |",
                kept.rows(),
                kept.groups(),
                kept.agreement(),
                Objects.requireNonNull(kept.kappa()),
                Objects.requireNonNull(kept.low()),
                Objects.requireNonNull(kept.high()),
                kept.passed() ? "passed" : "failed");
    }
}
