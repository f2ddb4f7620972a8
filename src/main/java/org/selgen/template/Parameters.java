package org.selgen.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selgen.template.Frame.Expression;
import org.selgen.template.Frame.Statement;
import org.selgen.template.python.Arguments;
import org.selgen.template.python.Refused;
import org.selgen.template.python.TemplateFunction;
import org.selgen.template.python.Tuple;
import org.selgen.template.python.Undefined;

/**
 * What a macro takes.
 *
 * @param names of its parameters
 * @param defaults of the last of them
 * @param reads which of {@code varargs}, {@code kwargs} and {@code caller} its body reads
 */
record Parameters(List<String> names, List<Expression> defaults, Set<String> reads) {
    static final Set<String> SPECIAL = Set.of("varargs", "kwargs", "caller");

    /** A function that writes the body; it sees the variables of where it is defined. */
    TemplateFunction function(String title, Frame defined, List<Statement> body) {
        return (arguments, environment) -> {
            BlockVariables scope = new BlockVariables(defined.scope());
            Frame frame = new Frame(environment, scope, defined.output());
            bind(title, arguments, frame);
            environment.budget().enter();
            String text = frame.captured(body, scope);
            environment.budget().leave();
            return text;
        };
    }

    private void bind(String title, Arguments arguments, Frame frame) {
        Map<String, Object> others = new LinkedHashMap<>(arguments.named());
        List<Object> given = arguments.positional();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int fallback = i - (names.size() - defaults.size());
            Object named = others.remove(name);
            if (i < given.size()) {
                if (named != null) {
                    throw new Refused(title + " is given '" + name + "' twice");
                }
                frame.scope().set(name, given.get(i));
            } else if (named != null) {
                frame.scope().set(name, named);
            } else {
                frame.scope()
                        .set(
                                name,
                                fallback < 0
                                        ? new Undefined("parameter '" + name + "' was not provided")
                                        : frame.evaluate(defaults.get(fallback)));
            }
        }
        rest(title, given, others, frame);
    }

    /** What is given besides: only a body that reads it takes it. */
    private void rest(String title, List<Object> given, Map<String, Object> others, Frame frame) {
        if (given.size() > names.size() && !reads.contains("varargs")) {
            throw new Refused(title + " is given " + given.size() + " values but takes at most " + names.size());
        }
        if (reads.contains("varargs")) {
            frame.scope().set("varargs", new Tuple(given.subList(Math.min(names.size(), given.size()), given.size())));
        }
        if (reads.contains("caller") && !names.contains("caller")) {
            Object caller = others.remove("caller");
            frame.scope().set("caller", caller == null ? new Undefined("no caller is defined") : caller);
        }
        if (reads.contains("kwargs")) {
            frame.scope().set("kwargs", new LinkedHashMap<Object, Object>(others));
        } else if (!others.isEmpty()) {
            throw new Refused(title + " takes no '" + others.keySet().iterator().next() + "'");
        }
    }
}
