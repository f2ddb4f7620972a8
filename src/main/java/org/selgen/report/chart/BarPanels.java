package org.selgen.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.selgen.report.style.Theme;

/**
 * A bar for each setting in a panel for each kind of question.
 *
 * @param note how to read it, one line
 * @param panels their names
 * @param rows the settings, with a cell for each panel
 */
public record BarPanels(String title, String note, List<String> panels, List<Series> rows, Theme theme)
        implements Chart {
    private static final int NAMES = 260;
    private static final int COLUMNS = 3;
    private static final int PANEL = 236;
    private static final int GAP = 20;
    private static final int ROW = 17;
    private static final int AROUND = 58; // heading above, ticks below

    @Override
    public int width() {
        return NAMES + Math.min(COLUMNS, panels.size()) * (PANEL + GAP);
    }

    private int lines() {
        return (panels.size() + COLUMNS - 1) / COLUMNS;
    }

    @Override
    public int height() {
        return Pen.HEAD + lines() * (rows.size() * ROW + AROUND);
    }

    @Override
    public void draw(Graphics2D g2, Rectangle2D area) {
        Pen pen = new Pen(g2, theme);
        pen.begin(area, title, note);
        for (int panel = 0; panel < panels.size(); panel++) {
            int top = Pen.HEAD + panel / COLUMNS * (rows.size() * ROW + AROUND) + 24;
            if (panel % COLUMNS == 0) {
                for (int row = 0; row < rows.size(); row++) {
                    pen.name(rows.get(row), GAP, top + (row + 0.5) * ROW);
                }
            }
            panel(pen, panel, NAMES + panel % COLUMNS * (PANEL + GAP), top);
        }
    }

    private void panel(Pen pen, int panel, int left, int top) {
        int bottom = top + rows.size() * ROW;
        Ruler x = new Ruler(low(), 1, left, left + PANEL - 36.0);
        pen.heading(panels.get(panel), left, top - 8.0);
        for (double tick : x.ticks(5)) {
            pen.grid(x.at(tick), top, bottom);
            pen.quiet(String.format(Locale.ROOT, "%.1f", tick), x.at(tick), bottom + 14.0, Pen.Align.MIDDLE, 10);
        }
        for (int row = 0; row < rows.size(); row++) {
            Series of = rows.get(row);
            double y = top + (row + 0.5) * ROW;
            of.cells().get(panel).ifPresent(cell -> {
                pen.bar(of.method(), x.at(0), x.at(cell.value()), y, ROW * 0.58);
                pen.whiskers(cell, x, y);
                pen.quiet(
                        String.format(Locale.ROOT, "%.2f", cell.value()),
                        left + PANEL - 4.0,
                        y + 4,
                        Pen.Align.RIGHT,
                        10);
            });
        }
        pen.rule(x.at(0), top, bottom);
    }

    /** Contrasts may be below 0. */
    private double low() {
        boolean below = rows.stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell -> cell.filter(some -> some.value() < 0).isPresent());
        return below ? -1 : 0;
    }
}
