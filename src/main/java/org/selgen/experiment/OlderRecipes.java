package org.selgen.experiment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Status;

/** What a lake has of an experiment by an older {@linkplain Recipe recipe}: rows that stay, beside those that are made again. */
public final class OlderRecipes {
    private static final String WHERE = "; the old rows stay (page 'The lake', Recipes)";

    private OlderRecipes() {}

    /** Gives the finished run that differs from a planned one in the recipe alone, the newest of them. */
    public static Function<Run, Optional<Run>> among(Collection<Run> rows) {
        Map<List<Object>, List<Run>> finished = rows.stream()
                .filter(row -> row.status() == Status.FINISHED)
                .collect(Collectors.groupingBy(OlderRecipes::decisive));
        return planned -> finished.getOrDefault(decisive(planned), List.of()).stream()
                .filter(row -> planned.recipe() != null && row.recipeOrFirst() < planned.recipe())
                .max((x, y) -> Integer.compare(x.recipeOrFirst(), y.recipeOrFirst()));
    }

    private static List<Object> decisive(Run run) {
        return List.of(run.method(), run.knobs(), run.seed(), run.modelHash(), run.dataHash(), run.settings());
    }

    /** A sentence on the runs that are trained again, as an older recipe has left them; none where there are none. */
    public static Optional<String> trainedAgain(List<Run> old) {
        return old.isEmpty()
                ? Optional.empty()
                : Optional.of("to do again: " + old.size() + " of the runs are there by recipe "
                        + old.get(0).recipeOrFirst() + ", but recipe " + Recipe.WEIGHTS
                        + " makes other weights of the same settings" + WHERE);
    }

    /** A sentence on answers that are made again; none where there are none. */
    public static Optional<String> answeredAgain(long answers) {
        return answers == 0
                ? Optional.empty()
                : Optional.of("to do again: " + answers + " answers are there by an older recipe, but recipe "
                        + Recipe.ANSWERS + " makes other answers with the same weights" + WHERE);
    }

    /** A sentence on verdicts that are made again by a rule's new version, as {@code maths@3}; none where there are none. */
    public static Optional<String> judgedAgain(String rubric, long verdicts) {
        return verdicts == 0
                ? Optional.empty()
                : Optional.of("to do again: " + verdicts + " verdicts are there by another version of " + rubric
                        + ", which reads some answers otherwise" + WHERE);
    }

    /** The keys under which older recipes kept the answers of either kind. */
    public static Set<String> decodings(Experiment experiment) {
        if (experiment.generation() != null) {
            return Set.of(); // no recipe of ours made them
        }
        Choices choices = experiment.choices();
        return IntStream.range(Recipe.FIRST, Recipe.ANSWERS)
                .boxed()
                .flatMap(recipe -> choices == null
                        ? Stream.of(experiment.decoding().key(recipe))
                        : Stream.of(experiment.decoding().key(recipe), choices.key(recipe)))
                .collect(Collectors.toSet());
    }
}
