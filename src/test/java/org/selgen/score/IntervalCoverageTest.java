package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.Interval;

/**
 * How often intervals hold the truth, where the truth is known. The whole grid is a table of the page on intervals, made by
 * {@code mvn test -Dtest=IntervalCoverageTest -Dcoverage=full}, some minutes; the build does a few of its cells.
 */
class IntervalCoverageTest {
    private static final Path PAGE = Path.of("src/site/markdown/intervals.md");
    private static final double[] SHARES = {0.5, 0.8, 0.95, 0.98};
    private static final int FORMS = 3;
    private static final int SAMPLES = 1000;
    private static final double LEAST = 0.93;

    private static Coverage overSeeds(SimulatedAnswers design, int samples) {
        return Coverage.of(
                samples,
                design.share(),
                design.random(),
                random -> estimate(design, random).overSeeds());
    }

    /** One seed: the truth is the share that this seed has over all questions. */
    private static Coverage overQuestions(SimulatedAnswers design, int samples) {
        return Coverage.of(
                samples,
                design.share(),
                design.random(),
                random -> estimate(design, random).overQuestions());
    }

    private static Estimate estimate(SimulatedAnswers design, RandomGenerator random) {
        return new Estimate(design.draw(random), Scale.SHARE);
    }

    /** A setting minus standard of the same seeds, which has this share less a tenth. */
    private static Coverage difference(SimulatedAnswers design, int samples) {
        SimulatedAnswers standard = design.of(design.share() - 0.1);
        return Coverage.of(samples, 0.1, design.random(), random -> difference(design, standard, random));
    }

    private static Optional<Interval> difference(
            SimulatedAnswers setting, SimulatedAnswers standard, RandomGenerator random) {
        List<List<LabelMean>> one = setting.draw(random);
        List<List<LabelMean>> other = standard.draw(random);
        List<List<LabelMean>> pairs = new ArrayList<>();
        for (int seed = 0; seed < one.size(); seed++) {
            List<LabelMean> parts = new ArrayList<>();
            for (int form = 0; form < one.get(seed).size(); form++) {
                parts.add(one.get(seed).get(form).minus(other.get(seed).get(form)));
            }
            pairs.add(parts);
        }
        return new Estimate(pairs, Scale.SHARE.difference()).overSeeds();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 60, 0.5", "0.98, 60, 0", "0.95, 20, 0.9"})
    void overQuestionsFormsOfOneQuestionAndSharesBesideOneKeepTheCover(double share, int groups, double correlation) {
        assertThat(overQuestions(new SimulatedAnswers(share, groups, FORMS, correlation, 0, 1), 300)
                        .cover())
                .isGreaterThanOrEqualTo(LEAST);
    }

    @ParameterizedTest
    @CsvSource({"0.8, 60, 0.5, 0.25, 2", "0.5, 60, 0, 0.25, 3", "0.95, 20, 0.5, 0.125, 5", "0.98, 20, 0, 0.125, 2"})
    void overSeedsFewSeedsKeepTheCover(double share, int groups, double correlation, double spread, int seeds) {
        assertThat(overSeeds(new SimulatedAnswers(share, groups, FORMS, correlation, spread, seeds), 300)
                        .cover())
                .isGreaterThanOrEqualTo(LEAST);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0, 2", "0.95, 0.125, 3"})
    void differencesKeepTheCover(double share, double spread, int seeds) {
        assertThat(difference(new SimulatedAnswers(share, 20, FORMS, 0.5, spread, seeds), 300)
                        .cover())
                .isGreaterThanOrEqualTo(LEAST);
    }

    /** A cell of a table of the page: {@code 0.953 (0.12)}. */
    private static final Pattern CELL = Pattern.compile("\\b([01]\\.\\d{3}) \\(\\d\\.\\d\\d\\)");

    @Test
    void theTablesOfTheDocumentationHaveTheCoverEverywhere() throws IOException {
        Matcher cells = CELL.matcher(Files.readString(PAGE));
        int found = 0;
        while (cells.find()) {
            assertThat(Double.parseDouble(cells.group(1))).as(cells.group()).isGreaterThanOrEqualTo(LEAST);
            found++;
        }
        assertThat(found).isGreaterThan(200);
    }

    @Test
    void aRowOfTheDocumentationIsWhatTheSimulationGives() throws IOException {
        assertThat(Files.readString(PAGE)).contains(seedsRow(2, 0.125, 20, 0.5));
    }

    @Test
    @EnabledIfSystemProperty(named = "coverage", matches = "full")
    void theWholeGrid() {
        List<String> rows = new ArrayList<>();
        for (int groups : new int[] {20, 60, 240}) {
            for (double correlation : new double[] {0, 0.5, 0.9}) {
                rows.add(questionsRow(groups, correlation));
            }
        }
        for (int seeds : new int[] {2, 3, 5}) {
            for (double spread : new double[] {0, 0.125, 0.25}) {
                for (int groups : new int[] {20, 60, 240}) {
                    for (double correlation : new double[] {0, 0.5, 0.9}) {
                        rows.add(seedsRow(seeds, spread, groups, correlation));
                    }
                }
            }
        }
        for (int seeds : new int[] {2, 3, 5}) {
            for (double spread : new double[] {0, 0.125}) {
                for (int groups : new int[] {20, 240}) {
                    rows.add(differencesRow(seeds, spread, groups));
                }
            }
        }
        rows.forEach(System.out::println);
        assertThat(rows)
                .allMatch(row ->
                        CELL.matcher(row).results().allMatch(cell -> Double.parseDouble(cell.group(1)) >= LEAST));
    }

    private static String questionsRow(int groups, double correlation) {
        StringBuilder row = new StringBuilder("| " + groups + " | " + correlation + " |");
        for (double share : SHARES) {
            row.append(' ')
                    .append(overQuestions(new SimulatedAnswers(share, groups, FORMS, correlation, 0, 1), 2 * SAMPLES))
                    .append(" |");
        }
        return row.toString();
    }

    private static String seedsRow(int seeds, double spread, int groups, double correlation) {
        StringBuilder row = new StringBuilder(
                "| " + seeds + " | " + Math.round(40 * spread) + " | " + groups + " | " + correlation + " |");
        for (double share : SHARES) {
            row.append(' ')
                    .append(overSeeds(new SimulatedAnswers(share, groups, FORMS, correlation, spread, seeds), SAMPLES))
                    .append(" |");
        }
        return row.toString();
    }

    private static String differencesRow(int seeds, double spread, int groups) {
        StringBuilder row = new StringBuilder("| " + seeds + " | " + Math.round(40 * spread) + " | " + groups + " |");
        for (double share : SHARES) {
            row.append(' ')
                    .append(difference(new SimulatedAnswers(share, groups, FORMS, 0.5, spread, seeds), SAMPLES))
                    .append(" |");
        }
        return row.toString();
    }
}
