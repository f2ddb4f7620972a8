package org.selgen.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.ui.Drawable;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGHints;
import org.jfree.svg.ViewBox;

/** A chart as PNG and SVG, 1000 by 720 units, or any drawing in its own size. */
final class Pictures {
    static final int WIDTH = 1000;
    static final int HEIGHT = 720;
    private static final int SCALE = 2;

    private Pictures() {}

    /** PNG at twice the resolution, for sharp screens and print. */
    static byte[] png(JFreeChart chart) {
        return png(chart, WIDTH, HEIGHT);
    }

    static byte[] png(Drawable picture, int width, int height) {
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g2 = image.createGraphics();
        g2.scale(SCALE, SCALE);
        g2.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g2.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        picture.draw(g2, new Rectangle2D.Double(0, 0, width, height));
        g2.dispose();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (!ImageIO.write(image, "png", bytes)) {
                throw new IllegalStateException("this JDK cannot write PNG; use a full JDK 17");
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An SVG element that scales with its surroundings. Letters are outlines, so it looks the same on every machine. */
    static String svg(JFreeChart chart, String title) {
        return svg(chart, "frontier", title, WIDTH, HEIGHT);
    }

    /** The same with letters as letters. */
    static String smallSvg(JFreeChart chart, String title) {
        return svg(
                chart, "frontier", title, new SVGGraphics2D(WIDTH, HEIGHT), SVGHints.VALUE_DRAW_STRING_TYPE_STANDARD);
    }

    /** A file of its own with an SVG element. */
    static byte[] svgFile(String element) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @param id of the element, different from that of others on the same page */
    static String svg(Drawable picture, String id, String title, int width, int height) {
        return svg(picture, id, title, new SVGGraphics2D(width, height), SVGHints.VALUE_DRAW_STRING_TYPE_VECTOR);
    }

    private static String svg(Drawable picture, String id, String title, SVGGraphics2D g2, Object letters) {
        int width = (int) g2.getWidth();
        int height = (int) g2.getHeight();
        g2.setDefsKeyPrefix(id); // by default the nano time, which would differ at every call
        g2.setGeomDoubleConverter(
                number -> Double.toString(Math.round(number * 100) / 100.0)); // a hundredth of a unit will do
        g2.setRenderingHint(SVGHints.KEY_DRAW_STRING_TYPE, letters);
        picture.draw(g2, new Rectangle2D.Double(0, 0, width, height));
        String element = g2.getSVGElement(id, false, new ViewBox(0, 0, width, height), null, null);
        int inside = element.indexOf('>') + 1;
        return element.substring(0, inside - 1) + " role=\"img\" aria-label=\"" + Html.escaped(title) + "\"><title>"
                + Html.escaped(title) + "</title>" + element.substring(inside);
    }
}
