package org.selgen.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.conf.Binder;
import org.selgen.experiment.conf.Yaml;
import org.selgen.method.Method;
import org.selgen.method.Standard;
import picocli.CommandLine.Option;

/** Which of the experiment's methods a verb works on, so that a scheduler can hand them out one by one. */
public final class MethodFilter {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "METHOD",
            description =
                    "Work on these methods of the experiment alone, as --only kl-penalty,dpo. The base model comes"
                            + " along, and the standard runs where a method begins from them.")
    private List<String> methods = new ArrayList<>();

    /**
     * The same bench with an experiment of these methods; unchanged where none was named. Ids stay what they are.
     *
     * @throws org.selgen.data.BadInput if a name is none of the experiment's methods
     */
    ExperimentContext of(ExperimentContext bench) {
        return methods.isEmpty() ? bench : of(bench, methods);
    }

    static ExperimentContext of(ExperimentContext bench, List<String> names) {
        List<Method> all = bench.experiment().methods();
        List<String> known = all.stream().map(Experiment::name).distinct().toList();
        Set<String> kept = new HashSet<>(names);
        for (String name : names) {
            if (!known.contains(name)) {
                throw Binder.unknown("--only", "method of the experiment", name, known);
            }
        }
        if (all.stream().anyMatch(method -> kept.contains(Experiment.name(method)) && method.beginsFromStandard())) {
            kept.add(Experiment.name(new Standard()));
        }
        ObjectNode tree = (ObjectNode) Yaml.parse(bench.yaml(), "the experiment");
        ArrayNode items = (ArrayNode) tree.remove("methods");
        ArrayNode some = tree.putArray("methods");
        items.forEach(item -> {
            if (kept.contains(name(item))) {
                some.add(item);
            }
        });
        Experiment part = Yaml.bind(tree, Experiment.class, "the experiment");
        return bench.with(part, tree.toString());
    }

    /** A method stands there by its bare name, or as a name with its knobs below. */
    private static String name(JsonNode item) {
        return item.isTextual() ? item.textValue() : item.fieldNames().next();
    }
}
