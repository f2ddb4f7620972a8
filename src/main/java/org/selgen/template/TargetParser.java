package org.selgen.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.selgen.template.Targets.Target;
import org.selgen.template.python.Refused;

/** Reads what a statement sets. */
final class TargetParser {
    private TargetParser() {}

    /** One variable, or several with commas between them. */
    static Target targets(Tokens tokens) {
        Target first = target(tokens);
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Target> all = new ArrayList<>(List.of(first));
        while (tokens.skip(",")) {
            if (tokens.current().isOperator("=")
                    || tokens.current().isOperator(")")
                    || tokens.current().isName("in")) {
                break;
            }
            all.add(target(tokens));
        }
        return new Targets.Unpacked(all);
    }

    static Target target(Tokens tokens) {
        if (tokens.skip("(")) {
            tokens.enter();
            Target inner = targets(tokens);
            tokens.leave();
            tokens.expect(")");
            return inner;
        }
        int line = tokens.current().line();
        String name = tokens.name("the name of a variable");
        if (Set.of("true", "false", "none", "True", "False", "None").contains(name)) {
            throw new Refused("'" + name + "' cannot be set").at(line);
        }
        return tokens.skip(".")
                ? new Targets.OfNamespace(name, tokens.name("the name of a part"))
                : new Targets.Variable(name);
    }
}
