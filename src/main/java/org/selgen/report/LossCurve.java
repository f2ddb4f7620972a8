package org.selgen.report;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.score.Seeds;

/**
 * The training loss of a setting.
 *
 * @param points steps and mean losses over the seeds, all above 0, by growing step; at least one
 */
public record LossCurve(Seeds.Setting setting, List<Point2D> points) {
    public LossCurve {
        points = List.copyOf(points);
    }

    /** Those of some runs' steps, in the order of the runs. What is no number above 0 is left out. */
    public static List<LossCurve> of(List<Run> runs, Collection<StepMetrics> steps) {
        Map<String, List<StepMetrics>> byRun = new LinkedHashMap<>();
        steps.stream()
                .filter(step -> step.loss() > 0 && Double.isFinite(step.loss()))
                .forEach(step -> byRun.computeIfAbsent(step.run(), run -> new ArrayList<>())
                        .add(step));
        List<LossCurve> curves = new ArrayList<>();
        Seeds.grouped(runs).forEach((setting, own) -> {
            Map<Integer, List<Double>> losses = new TreeMap<>();
            own.forEach(run -> byRun.getOrDefault(run.id(), List.of())
                    .forEach(step -> losses.computeIfAbsent(step.step(), number -> new ArrayList<>())
                            .add(step.loss())));
            List<Point2D> points = new ArrayList<>();
            losses.forEach((step, some) ->
                    points.add(new Point2D.Double(step, Seeds.mean(some).mean())));
            if (!points.isEmpty()) {
                curves.add(new LossCurve(setting, points));
            }
        });
        return curves;
    }
}
