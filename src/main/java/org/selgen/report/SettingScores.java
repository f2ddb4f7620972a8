package org.selgen.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.selgen.data.Score;

/**
 * The scores of one setting's runs.
 *
 * @param results all scores
 * @param setting the runs of one setting
 */
public record SettingScores(Results results, SettingSummary setting) {
    /** The scores of a setting's runs for a metric, where they have a value. */
    private List<Score> scored(String metric, String label) {
        return setting.seeds().stream()
                .flatMap(place -> results.score(place.run(), metric, label).stream())
                .filter(score -> score.value() != null)
                .toList();
    }

    /** Mean over a setting's seeds; absent where none has a value. */
    public OptionalDouble mean(String metric, String label) {
        return scored(metric, label).stream()
                .mapToDouble(score -> score.mean().orElseThrow())
                .average();
    }

    /** A metric over all labels, with its interval; nothing where no seed has a value. */
    Optional<Extent> extent(String metric) {
        return extent(metric, Score.ALL);
    }

    /** The same of one label. */
    Optional<Extent> extent(String metric, String label) {
        List<Score> scores = scored(metric, label);
        return scores.isEmpty() ? Optional.empty() : Optional.of(Extent.of(scores));
    }

    /** Mean over a setting's seeds of the share of degenerate answers. */
    OptionalDouble degenerate() {
        return mean(Score.DEGENERATE, Score.ALL);
    }
}
