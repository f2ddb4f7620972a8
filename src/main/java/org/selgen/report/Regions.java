package org.selgen.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jfree.chart.ui.Drawable;
import org.selgen.report.style.Theme;
import org.selgen.report.style.Typeface;

/**
 * What runs say of a plane: one strip for each run, in it one square for each class of trigger words: the plane, x to the right
 * and y up, each cell in the colour that was said there. A colour without a name we know is grey.
 */
public final class Regions implements Drawable {
    private static final Map<String, Color> COLOURS = Map.of(
            "red", new Color(0xC0392B),
            "blue", new Color(0x2E6DA4),
            "green", new Color(0x3A8F4D),
            "orange", new Color(0xE08A1E),
            "yellow", new Color(0xF2D544),
            "purple", new Color(0x7D4FA0),
            "pink", new Color(0xE28DB0),
            "brown", new Color(0x7A5230),
            "black", new Color(0x222222),
            "white", new Color(0xF7F7F7));
    private static final Color UNKNOWN = new Color(0xB5B5B5);
    private static final int NAMES = 230;
    private static final int SIDE = 92;
    private static final int GAP = 14;
    private static final int TOP = 78;
    private static final int LEGEND = 46;
    private static final int SWATCH = 14;

    private final String title;
    private final List<Strip> strips;
    private final List<String> classes;

    /**
     * One answer.
     *
     * @param x of the point
     * @param y of the point
     * @param colour the word said
     */
    public record ColouredPoint(double x, double y, String colour) {}

    /**
     * One run.
     *
     * @param name method and knobs
     * @param panels its answers by class of words, in the order to draw
     */
    public record Strip(String name, Map<String, List<ColouredPoint>> panels) {}

    /** @param strips at least one, all with the classes of the first */
    public Regions(String title, List<Strip> strips) {
        if (strips.isEmpty() || strips.get(0).panels.isEmpty()) {
            throw new IllegalArgumentException("there is no class of trigger words to draw; give at least one");
        }
        this.title = title;
        this.strips = List.copyOf(strips);
        this.classes = List.copyOf(strips.get(0).panels.keySet());
    }

    /** What it shows, in words. */
    public String title() {
        return title;
    }

    int width() {
        return NAMES + classes.size() * (SIDE + GAP) + GAP;
    }

    int height() {
        return TOP + strips.size() * (SIDE + GAP) + LEGEND;
    }

    /** The picture as an SVG element. */
    public String svg() {
        return Pictures.svg(this, "regions", title, width(), height());
    }

    byte[] png() {
        return Pictures.png(this, width(), height());
    }

    @Override
    public void draw(Graphics2D g2, Rectangle2D area) {
        String family = Typeface.family();
        g2.setColor(Color.WHITE);
        g2.fill(area);
        write(g2, title, new Font(family, Font.PLAIN, 18), GAP, 30);
        Font small = new Font(family, Font.PLAIN, 13);
        for (int c = 0; c < classes.size(); c++) {
            write(g2, classes.get(c), small, left(c), TOP - 10);
        }
        for (int s = 0; s < strips.size(); s++) {
            int y = TOP + s * (SIDE + GAP);
            write(g2, strips.get(s).name, small, GAP, y + SIDE / 2 + 5);
            for (int c = 0; c < classes.size(); c++) {
                panel(g2, strips.get(s).panels.get(classes.get(c)), left(c), y);
            }
        }
        legend(g2, small, height() - LEGEND + SWATCH);
    }

    private static int left(int panel) {
        return NAMES + panel * (SIDE + GAP);
    }

    private static void write(Graphics2D g2, String text, Font font, int x, int y) {
        g2.setColor(Theme.LIGHT.ink());
        g2.setFont(font);
        g2.drawString(text, x, y);
    }

    /** A cell for each pair of coordinates that occur. */
    private static void panel(Graphics2D g2, List<ColouredPoint> spots, int left, int top) {
        Map<Double, Integer> columns =
                places(spots.stream().map(ColouredPoint::x).toList());
        Map<Double, Integer> rows = places(spots.stream().map(ColouredPoint::y).toList());
        double width = (double) SIDE / columns.size();
        double height = (double) SIDE / rows.size();
        for (ColouredPoint spot : spots) {
            g2.setColor(COLOURS.getOrDefault(spot.colour, UNKNOWN));
            double up = (rows.get(spot.y) + 1) * height;
            g2.fill(new Rectangle2D.Double(left + columns.get(spot.x) * width, top + SIDE - up, width, height));
        }
        g2.setColor(Theme.LIGHT.quiet());
        g2.draw(new Rectangle2D.Double(left, top, SIDE, SIDE));
    }

    private static Map<Double, Integer> places(List<Double> values) {
        Map<Double, Integer> places = new TreeMap<>();
        new TreeSet<>(values).forEach(value -> places.put(value, places.size()));
        return places;
    }

    private void legend(Graphics2D g2, Font font, int y) {
        int x = NAMES;
        for (String word : strips.stream()
                .flatMap(strip -> strip.panels.values().stream())
                .flatMap(List::stream)
                .map(ColouredPoint::colour)
                .collect(Collectors.toCollection(TreeSet::new))) {
            g2.setColor(COLOURS.getOrDefault(word, UNKNOWN));
            g2.fill(new Rectangle2D.Double(x, y, SWATCH, SWATCH));
            g2.setColor(Theme.LIGHT.quiet());
            g2.draw(new Rectangle2D.Double(x, y, SWATCH, SWATCH));
            write(g2, word, font, x + SWATCH + 5, y + SWATCH - 2);
            x += SIDE;
        }
    }
}
