package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.selgen.data.Score;
import org.selgen.score.ChosenSettings.Chosen;
import org.selgen.score.ChosenSettings.Difference;
import org.selgen.score.ChosenSettings.Figure;
import org.selgen.score.Seeds;
import org.selgen.score.SettingChoice;

/**
 * The settings that were chosen on one half of the question groups, with their figures on the other.
 *
 * @param choice by which rule
 * @param chosen one for each method
 */
public record ChosenTable(SettingChoice choice, List<Chosen> chosen) {
    private static final List<String> COLUMNS = List.of(
            "method",
            "chosen",
            "of",
            "capability",
            "95 % int.",
            "\u2212 standard",
            "p (Holm)",
            "alignment",
            "95 % int.",
            "\u2212 standard",
            "p (Holm)");

    public ChosenTable {
        chosen = List.copyOf(chosen);
    }

    /** What the figures are. */
    public String note() {
        return "Of each method the setting with the highest "
                + choice.by().name().toLowerCase(Locale.ROOT)
                + (choice.keeps() == 0
                        ? ""
                        : ", among those that keep " + choice.keeps() + " of standard's other axis,")
                + (choice.taskLoss() == null ? "" : " at a held-out task loss of at most " + choice.taskLoss())
                + (choice.compute() == null ? "" : " for at most " + choice.compute() + " of standard's tokens")
                + " on one half of the question groups (by hash); all figures are of the other half. p is two-sided, for other"
                + " seeds and questions, corrected for all " + comparisons() + " comparisons by Holm's rule.";
    }

    private long comparisons() {
        return chosen.stream()
                .flatMap(each -> each.figures().values().stream())
                .filter(figure -> figure.minus().isPresent())
                .count();
    }

    public List<String> columns() {
        return COLUMNS;
    }

    /** A row for each method. */
    public List<List<String>> rows() {
        return chosen.stream().map(ChosenTable::row).toList();
    }

    private static List<String> row(Chosen of) {
        List<String> row = new ArrayList<>(List.of(
                of.method(),
                of.setting().map(Seeds.Setting::knobs).orElse("none keeps to the bounds"),
                String.valueOf(of.of())));
        row.addAll(cells(Optional.ofNullable(of.figures().get(Score.CAPABILITY))));
        row.addAll(cells(Optional.ofNullable(of.figures().get(Score.ALIGNMENT))));
        return row;
    }

    private static List<String> cells(Optional<Figure> figure) {
        Optional<Difference> minus = figure.flatMap(Figure::minus);
        return List.of(
                figure.map(f -> NumberFormats.two(f.value())).orElse("\u2013"),
                NumberFormats.interval(figure.flatMap(Figure::interval)),
                minus.map(d -> NumberFormats.signed(d.value()) + " " + NumberFormats.signed(d.interval()))
                        .orElse("\u2013"),
                minus.map(d -> d.corrected() < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", d.corrected()))
                        .orElse("\u2013"));
    }

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(new TextTable(COLUMNS, rows()).lines());
        lines.add(note());
        return lines;
    }
}
