package org.selgen.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report says about its experiment.
 *
 * @param experiment the experiment's name
 * @param capability what the capability axis measures, as {@code accuracy on gcd}
 * @param alignment what the alignment axis measures, as {@code rejects-wrong on kind, opposite}
 * @param facts further lines for the page, shown in order, as {@code model: tiny}
 * @param regions a picture of the plane by trigger word, if there is one
 */
public record ReportHeader(
        String experiment, String capability, String alignment, Map<String, String> facts, List<Regions> regions) {
    public ReportHeader(String experiment, String capability, String alignment, Map<String, String> facts) {
        this(experiment, capability, alignment, facts, List.of());
    }

    public ReportHeader {
        regions = List.copyOf(regions);
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
