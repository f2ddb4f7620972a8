package org.selgen.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.selgen.report.style.Theme;

/** The Pareto front as a step line, with the region it dominates shaded. Drawn under the data. */
final class ParetoStep extends AbstractXYAnnotation {
    private static final long serialVersionUID = 1L;
    private static final BasicStroke LINE = new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

    private final transient List<SettingSummary> front;
    private final transient Theme theme;

    /** @param front by growing alignment */
    ParetoStep(List<SettingSummary> front, Theme theme) {
        this.front = front;
        this.theme = theme;
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
        if (front.isEmpty()) {
            return;
        }
        Path2D line = new Path2D.Double();
        double left = area.getMinX();
        for (SettingSummary step : front) {
            double x = domain.valueToJava2D(step.alignment().mean().mean(), area, RectangleEdge.BOTTOM);
            double y = range.valueToJava2D(step.capability().mean().mean(), area, RectangleEdge.LEFT);
            if (line.getCurrentPoint() == null) {
                line.moveTo(left, y);
            } else {
                line.lineTo(line.getCurrentPoint().getX(), y);
            }
            line.lineTo(x, y);
        }
        line.lineTo(line.getCurrentPoint().getX(), area.getMaxY());
        Path2D region = new Path2D.Double(line);
        region.lineTo(left, area.getMaxY());
        region.closePath();
        g2.setPaint(Theme.faint(theme.rule(), 22));
        g2.fill(region);
        g2.setPaint(theme.rule());
        g2.setStroke(LINE);
        g2.draw(line);
    }
}
