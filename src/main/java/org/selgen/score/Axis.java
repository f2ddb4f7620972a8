package org.selgen.score;

import java.io.Serializable;
import java.util.List;
import org.selgen.data.Default;
import org.selgen.data.Variant;

/**
 * What one axis of the picture is: a metric, averaged over labels so that each label weighs the same however many questions
 * it has.
 *
 * @param metric a {@link Metric} or {@link RatedMetric}, as {@code accuracy} or {@code aligned-of-scored}
 * @param labels the kinds of question that count; all there are, if empty
 */
public record Axis(String metric, @Default("[]") List<String> labels) implements Serializable {
    public Axis {
        if (RatedMetric.named(metric).isEmpty()) {
            Metric.named(metric);
        }
        labels = List.copyOf(labels);
    }

    Scale scale() {
        return RatedMetric.named(metric).isPresent()
                ? Scale.SHARE
                : Metric.named(metric).scale();
    }

    /** The shares of the metric that questions of a variant count for. */
    List<String> shares(Variant variant) {
        if (RatedMetric.named(metric).isPresent()) {
            return RatedMetric.COUNTED.contains(variant) ? List.of(metric) : List.of();
        }
        return Metric.named(metric).parts().stream()
                .filter(share -> share.variant() == variant)
                .map(Metric::key)
                .toList();
    }
}
