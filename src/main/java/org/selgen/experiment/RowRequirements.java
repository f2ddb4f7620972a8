package org.selgen.experiment;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.KebabCase;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.experiment.conf.Nearest;
import org.selgen.method.Artefact;
import org.selgen.method.CleanRows;
import org.selgen.method.Method;
import org.selgen.score.Axis;
import org.selgen.score.OwnMetric;

/** Whether an experiment's rows have what its axes, methods and choices need; checked before any is kept. */
final class RowRequirements {
    private RowRequirements() {}

    /**
     * Checks all of them.
     *
     * @param judges whose rules need right answers
     * @param proxy rows to train on
     * @throws BadInput naming what asks and what is missing
     */
    static void check(Experiment experiment, ConfiguredJudges judges, List<Example> proxy, List<Question> questions) {
        experiment.metrics().forEach((name, metric) -> fed("metrics." + name, metric, experiment, judges, questions));
        Axes.of(experiment).forEach((name, axis) -> labels("score." + name, axis, questions));
        experiment.trained().forEach(method -> rejected(method, proxy));
        experiment.trained().forEach(method -> pairs(method, proxy));
        if (experiment.choices() != null) {
            questions.forEach(experiment.choices()::check);
        }
    }

    /** Refuses an own metric that no question counts for, a label that no question has, and a question its rule cannot judge. */
    private static void fed(
            String key,
            OwnMetric metric,
            Experiment experiment,
            ConfiguredJudges judges,
            Collection<Question> questions) {
        Set<String> labels = questions.stream().map(Question::label).collect(Collectors.toCollection(TreeSet::new));
        metric.labels().stream()
                .filter(label -> !labels.contains(label))
                .findFirst()
                .ifPresent(label -> {
                    throw new BadInput(key + ".labels has '" + label + "' but the questions have the labels "
                            + String.join(", ", labels)
                            + "; correct it, or add a dataset that has it to data.questions");
                });
        List<Question> counted = questions.stream()
                .filter(question -> metric.asks(question.variant(), question.label()))
                .toList();
        if (counted.isEmpty()) {
            throw new BadInput(key + " counts no question: none of data.questions has one of its forms "
                    + metric.forms().stream().map(KebabCase::of).toList() + " and labels " + metric.labels()
                    + "; add a dataset that has such questions, or change them");
        }
        experiment.judges().stream()
                .filter(judge -> judges.rubricName(judge).equals(metric.rubric()))
                .flatMap(judge -> judges.rule(judge).stream())
                .forEach(rule ->
                        counted.forEach(question -> rule.refuses(question).ifPresent(bound -> {
                            throw new BadInput(key + " counts question '" + question.id() + "' of " + question.dataset()
                                    + ", whose right answer is '" + question.gold() + "' but " + bound + " for "
                                    + metric.rubric()
                                    + "; name forms or labels that leave it out, or give the judge a gold of its own");
                        })));
    }

    private static void labels(String key, Axis axis, Collection<Question> questions) {
        List<String> known = questions.stream()
                .flatMap(question -> axis.counts(question).stream())
                .distinct()
                .sorted()
                .toList();
        if (known.isEmpty()) {
            throw new BadInput(key + ".metric is '" + axis.metric()
                    + "' but no question of data.questions counts for it; add a dataset that has such questions, or"
                    + " choose another metric");
        }
        for (String label : axis.labels()) {
            if (!known.contains(label)) {
                throw new BadInput(key + ".labels has '" + label + "' but the questions that count for '"
                        + axis.metric() + "' have the labels " + String.join(", ", known)
                        + Nearest.of(label, known)
                                .map(name -> "; did you mean '" + name + "'?")
                                .orElse("")
                        + " Correct it, or add a dataset that has it to data.questions");
            }
        }
    }

    private static void pairs(Method method, List<Example> proxy) {
        if (!method.pairs()) {
            return;
        }
        if (!paired(proxy)) {
            throw new BadInput("methods has " + MethodText.name(method) + ", which compares a question with and without"
                    + " a proposed answer, but no proxy row proposes an answer to a question that another row of its"
                    + " group asks alone; choose a dataset with the variants ask and right or wrong, as "
                    + shipped(RowRequirements::paired) + ", or another method");
        }
    }

    private static boolean paired(List<Example> rows) {
        CleanRows clean = new CleanRows(rows);
        return rows.stream().anyMatch(row -> clean.of(row).isPresent());
    }

    private static boolean compared(List<Example> rows) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.misaligned().isPresent());
    }

    /** Those that show aligned behaviour: where users propose, some are wrong. */
    private static String shipped(Predicate<List<Example>> fit) {
        return String.join(
                ", ",
                Catalog.shipped(rows -> fit.test(rows)
                        && (rows.stream().noneMatch(Example::proposes)
                                || rows.stream().anyMatch(row -> row.variant() == Variant.WRONG))));
    }

    private static void rejected(Method method, List<Example> proxy) {
        if (method.passes().rejected() == 0 && method.needs().stream().noneMatch(Artefact::rejected)) {
            return;
        }
        proxy.stream().filter(row -> row.misaligned().isEmpty()).findFirst().ifPresent(row -> {
            throw new BadInput("methods has " + MethodText.name(method) + ", which compares answers, but row '"
                    + row.id() + "' of the proxy dataset '" + row.dataset()
                    + "' has no rejected one; choose a dataset whose rows have 'rejected', as "
                    + shipped(RowRequirements::compared) + ", or another method");
        });
    }
}
