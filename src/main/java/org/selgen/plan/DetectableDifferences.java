package org.selgen.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.experiment.Axes;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.score.AxisQuestions;
import org.selgen.score.DetectableDifference;
import org.selgen.score.Differences;
import org.selgen.score.Seeds;

/** What difference to standard the seeds and questions of an experiment can show, by the spread it had when last scored. */
final class DetectableDifferences {
    private final Experiment experiment;
    private final List<Question> questions;
    private final Map<String, Run> runs;
    private final List<Score> scores = new ArrayList<>(); // of the axes' differences
    private long older;

    DetectableDifferences(ExperimentContext context, PlanInputs inputs, List<Run> stored) {
        this.experiment = context.experiment();
        this.questions = inputs.questions();
        this.runs = stored.stream().collect(Collectors.toMap(Run::id, Function.identity()));
        Set<String> planned =
                inputs.matrix().runs().stream().map(spec -> spec.run().id()).collect(Collectors.toSet());
        Set<String> metrics =
                Axes.of(experiment).keySet().stream().map(Differences::metric).collect(Collectors.toSet());
        context.lake().scores().forEach(Score.class, score -> {
            if (score.experiment().equals(experiment.name()) && runs.containsKey(score.run())) {
                older += score.seeds() == null && planned.contains(score.run()) ? 1 : 0;
                if (metrics.contains(score.metric())) {
                    scores.add(score);
                }
            }
        });
    }

    /** A sentence for each axis, and one on scores that lack what it needs. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (older > 0) {
            lines.add(
                    "to do again: " + older
                            + " scores are there by an older version, which knew no intervals over seeds; 'score' replaces them");
        }
        Axes.of(experiment).forEach((name, axis) -> lines.add(line(name, AxisQuestions.of(axis, questions))));
        return lines;
    }

    private String line(String axis, AxisQuestions planned) {
        Map<Seeds.Setting, DetectableDifference> spreads = spreads(Differences.metric(axis));
        long asked = planned.count();
        int seeds = experiment.seeds().size();
        if (asked == 0) {
            return axis + ": what difference can be shown is not known without questions";
        }
        if (spreads.isEmpty()) {
            double worst = DetectableDifference.atWorst(planned).overQuestions(1, asked);
            return axis + ": no setting was scored yet, so that the spread of seeds is not known; over " + asked
                    + " questions alone, " + from(worst, planned) + " at worst (80 % power)";
        }
        Map<Seeds.Setting, Double> over = new LinkedHashMap<>();
        spreads.forEach((setting, spread) -> spread.over(seeds, asked).ifPresent(d -> over.put(setting, d)));
        if (!over.isEmpty()) {
            return axis + ": with " + seeds + " seeds and " + asked + " questions " + summary(over, planned);
        }
        spreads.forEach((setting, spread) -> over.put(setting, spread.overQuestions(seeds, asked)));
        return axis + ": "
                + (seeds < 2
                        ? "one seed shows no difference that holds for other seeds"
                        : "one seed was scored so far, so that the spread of seeds is not known")
                + "; over " + asked + " questions alone, " + summary(over, planned);
    }

    /** By setting of the newest recipe that was scored; the base model and external ones, which no seed is about, left out. */
    private Map<Seeds.Setting, DetectableDifference> spreads(String metric) {
        List<Score> rows = scores.stream()
                .filter(score -> score.metric().equals(metric) && score.seeds() != null)
                .toList();
        int newest = rows.stream()
                .mapToInt(score -> run(score).recipeOrFirst())
                .max()
                .orElse(0);
        Map<Seeds.Setting, List<Score>> settings = rows.stream()
                .filter(score -> run(score).seeded() && run(score).recipeOrFirst() == newest)
                .collect(Collectors.groupingBy(
                        score -> new Seeds.Setting(
                                run(score).method(), run(score).knobs()),
                        () -> new TreeMap<>(Comparator.comparing(Seeds.Setting::toString)),
                        Collectors.toList()));
        Map<Seeds.Setting, DetectableDifference> spreads = new LinkedHashMap<>();
        settings.forEach(
                (setting, of) -> DetectableDifference.of(of).ifPresent(spread -> spreads.put(setting, spread)));
        return spreads;
    }

    private Run run(Score score) {
        return runs.get(score.run());
    }

    private static String summary(Map<Seeds.Setting, Double> over, AxisQuestions planned) {
        List<Map.Entry<Seeds.Setting, Double>> sorted =
                over.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
        Map.Entry<Seeds.Setting, Double> widest = sorted.get(sorted.size() - 1);
        String knobs = widest.getKey().knobs();
        return from(sorted.get(sorted.size() / 2).getValue(), planned)
                + " (80 % power, at the last spread of the middle one of " + sorted.size()
                + " settings; at the widest, "
                + widest.getKey().method() + (knobs.isEmpty() ? "" : " " + knobs) + ", "
                + from(widest.getValue(), planned) + ")";
    }

    private static String from(double difference, AxisQuestions planned) {
        return difference > planned.range()
                ? "no difference to standard shows"
                : String.format(Locale.ROOT, "differences to standard show from %.2f on", difference);
    }
}
