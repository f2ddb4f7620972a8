package org.selgen.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.selgen.data.Interval;
import org.selgen.report.style.Theme;

/**
 * A forest plot: for each setting a difference with its intervals beside a line at 0, in panels side by side.
 *
 * @param note how to read it, one line
 * @param panels their names
 * @param rows the settings, with a cell for each panel
 */
public record Forest(String title, String note, List<String> panels, List<Series> rows, Theme theme) implements Chart {
    private static final int NAMES = 300;
    private static final int PANEL = 260;
    private static final int NUMBERS = 150;
    private static final int ROW = 22;
    private static final int BELOW = 44;
    private static final int TOP = Pen.HEAD + 26;

    @Override
    public int width() {
        return NAMES + panels.size() * (PANEL + NUMBERS);
    }

    @Override
    public int height() {
        return TOP + rows.size() * ROW + BELOW;
    }

    @Override
    public void draw(Graphics2D g2, Rectangle2D area) {
        Pen pen = new Pen(g2, theme);
        pen.begin(area, title, note);
        for (int row = 0; row < rows.size(); row++) {
            pen.name(rows.get(row), 20, y(row));
        }
        for (int panel = 0; panel < panels.size(); panel++) {
            panel(pen, panel, NAMES + panel * (PANEL + NUMBERS));
        }
    }

    private static double y(int row) {
        return TOP + (row + 0.5) * ROW;
    }

    private void panel(Pen pen, int panel, int left) {
        int bottom = TOP + rows.size() * ROW;
        Ruler x = ruler(panel, left);
        pen.heading(panels.get(panel), left, TOP - 10.0);
        for (double tick : x.ticks(5)) {
            pen.grid(x.at(tick), TOP, bottom);
            pen.quiet(signed(tick), x.at(tick), bottom + 16.0, Pen.Align.MIDDLE, 11);
        }
        pen.rule(x.at(0), TOP, bottom);
        for (int row = 0; row < rows.size(); row++) {
            Series of = rows.get(row);
            double y = y(row);
            of.cells().get(panel).ifPresent(cell -> {
                pen.whiskers(cell, x, y);
                pen.marker(of.method(), x.at(cell.value()), y);
                pen.quiet(numbers(cell), left + PANEL + 6.0, y + 4, Pen.Align.LEFT, 11);
            });
        }
    }

    /** From the least to the greatest end of an interval, and 0. */
    private Ruler ruler(int panel, int left) {
        double low = 0;
        double high = 0;
        for (Series row : rows) {
            Optional<Series.Cell> cell = row.cells().get(panel);
            low = Math.min(low, cell.map(Series.Cell::low).orElse(0.0));
            high = Math.max(high, cell.map(Series.Cell::high).orElse(0.0));
        }
        double pad = Math.max(0.02, 0.04 * (high - low));
        return new Ruler(low - pad, high + pad, left, left + PANEL - 10.0);
    }

    private static String numbers(Series.Cell cell) {
        Optional<Interval> interval = cell.wide().or(cell::narrow);
        return signed(cell.value())
                + interval.map(some -> " [" + signed(some.low()) + ", " + signed(some.high()) + "]")
                        .orElse("");
    }

    private static String signed(double value) {
        String text = String.format(Locale.ROOT, "%.2f", Math.abs(value));
        return text.equals("0.00") ? text : (value < 0 ? "\u2212" : "+") + text;
    }
}
