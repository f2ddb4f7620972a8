package org.selgen.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a report says about its experiment.
 *
 * @param experiment the experiment's name
 * @param capability what the capability axis measures, as {@code accuracy on gcd}
 * @param alignment what the alignment axis measures, as {@code rejects-wrong on kind, opposite}
 * @param facts further lines for the page, shown in order, as {@code model: tiny}
 */
public record About(String experiment, String capability, String alignment, Map<String, String> facts) {
    public About {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
