package org.selgen.template;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.selgen.template.python.Arguments;
import org.selgen.template.python.Environment;
import org.selgen.template.python.Namespace;
import org.selgen.template.python.Refused;
import org.selgen.template.python.Repr;
import org.selgen.template.python.SequenceView;
import org.selgen.template.python.Strftime;
import org.selgen.template.python.TemplateFunction;
import org.selgen.template.python.Values;

/** The functions that a template can call by name, as Hugging Face gives them. */
final class Functions {
    private static final long LONGEST_RANGE = 100_000;

    private Functions() {}

    /** @param day what {@code strftime_now} says; null leaves it undefined, so that a template takes its own date */
    static void into(BlockVariables scope, @Nullable LocalDate day) {
        scope.set("range", (TemplateFunction) Functions::range);
        scope.set("dict", (TemplateFunction) (arguments, environment) -> dict("dict", arguments));
        scope.set("namespace", (TemplateFunction) (arguments, environment) -> {
            Namespace namespace = new Namespace(Map.of());
            dict("namespace", arguments).forEach((name, value) -> namespace.set(Values.string(name, "a name"), value));
            return namespace;
        });
        scope.set("raise_exception", (TemplateFunction) (arguments, environment) -> {
            throw Refused.raised(
                    Repr.text(arguments.of("raise_exception", "message").get("message"), environment.budget()));
        });
        scope.set("cycler", (TemplateFunction) (arguments, environment) -> refused("cycler"));
        scope.set("joiner", (TemplateFunction) (arguments, environment) -> refused("joiner"));
        scope.set("lipsum", (TemplateFunction) (arguments, environment) -> refused("lipsum"));
        if (day != null) {
            scope.set("strftime_now", (TemplateFunction) (arguments, environment) ->
                    Strftime.of(day, arguments.of("strftime_now", "format").text("format")));
        }
    }

    private static Object refused(String name) {
        throw new Refused("the function '" + name + "' is not rendered here");
    }

    private static Object range(Arguments arguments, Environment environment) {
        List<Object> given = arguments.positional();
        Arguments.Bound bound = arguments.of("range", "first", "second", "step");
        long begin = given.size() < 2 ? 0 : bound.integer("first");
        long end = bound.integer(given.size() < 2 ? "first" : "second");
        long step = bound.integer("step", 1);
        if (step == 0 || !arguments.named().isEmpty()) {
            throw new Refused("range takes numbers, and a step that is not 0");
        }
        double span = ((double) end - begin) / step;
        if (span > LONGEST_RANGE) {
            throw new Refused("range has more than " + LONGEST_RANGE + " elements, which is the most there may be");
        }
        long size = (long) Math.ceil(Math.max(0, span)); // exact below 2^53
        environment.budget().steps(size);
        return new SequenceView(
                "range",
                LongStream.range(0, size)
                        .mapToObj(i -> (Object) (begin + i * step))
                        .toList());
    }

    private static Map<Object, Object> dict(String function, Arguments arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        if (arguments.positional().size() > 1) {
            throw new Refused(function + " has more than one argument without a name");
        }
        for (Object given : arguments.positional()) {
            if (given instanceof Map) {
                dict.putAll(Values.dict(given));
            } else if (Values.isSequence(given)) {
                Values.items(given).forEach(pair -> put(dict, pair));
            } else {
                throw Refused.type(function, given);
            }
        }
        dict.putAll(arguments.named());
        return dict;
    }

    private static void put(Map<Object, Object> dict, Object pair) {
        if (!Values.isSequence(pair) || Values.items(pair).size() != 2) {
            throw Refused.type("a pair of key and value", pair);
        }
        dict.put(Values.key(Values.items(pair).get(0)), Values.items(pair).get(1));
    }
}
