package org.selgen.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.selgen.report.style.Theme;

/** A part of the plane once more and larger, in a part that is free, with lines from one to the other. */
final class Inset extends AbstractXYAnnotation {
    private static final long serialVersionUID = 1L;
    private static final double LEFT = 42; // of the free part, for numbers at the axis
    private static final double BOTTOM = 24;
    private static final double MARGIN = 8;

    private final transient Crowd crowd;
    private final transient XYPlot larger;
    private final transient Theme theme;

    /** @param larger the same plane over the range of the crowd's box */
    Inset(Crowd crowd, XYPlot larger, Theme theme) {
        this.crowd = crowd;
        this.larger = larger;
        this.theme = theme;
        larger.setInsets(new RectangleInsets(MARGIN, 0, 0, MARGIN));
        larger.setAxisOffset(RectangleInsets.ZERO_INSETS);
        AxisSpace left = new AxisSpace();
        left.setLeft(LEFT);
        larger.setFixedRangeAxisSpace(left);
        AxisSpace below = new AxisSpace();
        below.setBottom(BOTTOM);
        larger.setFixedDomainAxisSpace(below);
    }

    /** Where the larger plane's values lie in a picture. */
    Rectangle2D data(Rectangle2D area) {
        Rectangle2D free = in(area, crowd.free());
        return new Rectangle2D.Double(
                free.getX() + LEFT,
                free.getY() + MARGIN,
                free.getWidth() - LEFT - MARGIN,
                free.getHeight() - BOTTOM - MARGIN);
    }

    ValueAxis domain() {
        return larger.getDomainAxis();
    }

    ValueAxis range() {
        return larger.getRangeAxis();
    }

    Crowd crowd() {
        return crowd;
    }

    /** A part of the unit square in a picture. */
    static Rectangle2D in(Rectangle2D area, Rectangle2D part) {
        return new Rectangle2D.Double(
                area.getX() + part.getX() * area.getWidth(),
                area.getMaxY() - part.getMaxY() * area.getHeight(),
                part.getWidth() * area.getWidth(),
                part.getHeight() * area.getHeight());
    }

    @Override
    public void draw(
            Graphics2D g2,
            XYPlot plot,
            Rectangle2D area,
            ValueAxis domain,
            ValueAxis range,
            int index,
            PlotRenderingInfo info) {
        Rectangle2D box = in(area, crowd.box());
        Rectangle2D free = in(area, crowd.free());
        g2.setPaint(theme.rule());
        g2.setStroke(new BasicStroke(0.9f));
        g2.draw(box);
        boolean aside = free.getMaxX() <= box.getMinX() || free.getMinX() >= box.getMaxX();
        boolean first = aside ? free.getMaxX() <= box.getMinX() : free.getMaxY() <= box.getMinY();
        for (boolean low : new boolean[] {true, false}) {
            g2.draw(
                    aside
                            ? new Line2D.Double(
                                    first ? free.getMaxX() : free.getMinX(),
                                    low ? free.getMaxY() : free.getMinY(),
                                    first ? box.getMinX() : box.getMaxX(),
                                    low ? box.getMaxY() : box.getMinY())
                            : new Line2D.Double(
                                    low ? free.getMinX() : free.getMaxX(),
                                    first ? free.getMaxY() : free.getMinY(),
                                    low ? box.getMinX() : box.getMaxX(),
                                    first ? box.getMinY() : box.getMaxY()));
        }
        g2.setPaint(theme.ground());
        g2.fill(free);
        larger.draw(g2, free, null, null, null);
    }
}
