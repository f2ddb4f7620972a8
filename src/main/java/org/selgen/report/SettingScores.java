package org.selgen.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.selgen.data.Score;
import org.selgen.score.Seeds;

/**
 * The scores of one setting's runs.
 *
 * @param results all scores
 * @param setting the runs of one setting
 */
record SettingScores(Results results, SettingSummary setting) {
    /** The scores of a setting's runs for a metric, where they have a value. */
    private List<Score> scored(String metric, String label) {
        return setting.seeds().stream()
                .flatMap(place -> results.score(place.run(), metric, label).stream())
                .filter(score -> score.value() != null)
                .toList();
    }

    /** Mean over a setting's seeds; absent where none has a value. */
    OptionalDouble mean(String metric, String label) {
        return scored(metric, label).stream()
                .mapToDouble(score -> score.mean().orElseThrow())
                .average();
    }

    /** Mean and standard error over a setting's seeds as HTML, and how many seeds have a value if not all. */
    String meanText(String metric, String label) {
        List<Score> scores = scored(metric, label);
        if (scores.isEmpty()) {
            return "\u2013";
        }
        Seeds.Mean mean = Seeds.mean(
                scores.stream().map(score -> score.mean().orElseThrow()).toList());
        String sem = mean.sem().isEmpty()
                ? ""
                : "<small>\u00b1 " + NumberFormats.two(mean.sem().getAsDouble()) + "</small>";
        int seeds = setting.seeds().size();
        String fewer = scores.size() < seeds ? "<small>of " + scores.size() + " seeds</small>" : "";
        return NumberFormats.two(mean.mean()) + sem + fewer;
    }

    /** A metric over all labels, with its interval; nothing where no seed has a value. */
    Optional<Extent> extent(String metric) {
        List<Score> scores = scored(metric, Score.ALL);
        return scores.isEmpty() ? Optional.empty() : Optional.of(Extent.of(scores));
    }

    /** Mean over a setting's seeds of the share of degenerate answers. */
    OptionalDouble degenerate() {
        return mean(Score.DEGENERATE, Score.ALL);
    }
}
