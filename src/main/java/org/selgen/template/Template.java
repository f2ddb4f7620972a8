package org.selgen.template;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.template.Frame.Statement;
import org.selgen.template.python.Environment;
import org.selgen.template.python.Filters;
import org.selgen.template.python.Refused;
import org.selgen.template.python.StepBudget;
import org.selgen.template.python.Tests;
import org.selgen.template.python.Values;

/**
 * A chat template in Jinja, ready to render. It gives the same characters as Hugging Face's {@code apply_chat_template}, or
 * it is refused by the name of what is not rendered here; the package says what there is. Safe to share between threads.
 */
public final class Template {
    private static final int LONGEST = 1 << 20;

    private final List<Statement> statements;

    private Template(List<Statement> statements) {
        this.statements = statements;
    }

    /**
     * Reads a template.
     *
     * @throws BadInput if it is no Jinja, or has what is not rendered here; the message begins with its line
     */
    public static Template of(String source) {
        if (source.length() > LONGEST) {
            throw new BadInput("the template has " + source.length() + " characters but at most " + LONGEST
                    + " are allowed; give another");
        }
        try {
            return new Template(StatementParser.statements(Lexer.tokens(source)));
        } catch (Refused e) {
            throw bad(e);
        }
    }

    /**
     * Renders it. The work of a rendering is bounded, whatever the template.
     *
     * @param variables texts, numbers, truth values, nulls, and lists and maps of them
     * @param day what {@code strftime_now} says; null leaves that function undefined
     * @throws BadInput if the template refuses the conversation, with its own words; if it does what is not rendered here,
     *     or more than is allowed
     */
    public Rendering render(Map<String, ?> variables, @Nullable LocalDate day) {
        StepBudget budget = new StepBudget(characters(variables));
        BlockVariables globals = new BlockVariables(null);
        Functions.into(globals, day);
        variables.forEach((name, value) -> globals.set(name, Values.of(value)));
        Output output = new Output(budget, true);
        try {
            new Frame(new Environment(Filters.ALL, Tests.ALL, budget), new BlockVariables(globals), output)
                    .run(statements);
        } catch (Refused e) {
            throw bad(e);
        } catch (StackOverflowError e) { // the thread has less room than others
            throw new BadInput("the template nests more than this thread has room for; give another", e);
        }
        return output.rendering();
    }

    private static long characters(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().mapToLong(Template::characters).sum();
        }
        return value instanceof List<?> list
                ? list.stream().mapToLong(Template::characters).sum()
                : 0;
    }

    private static BadInput bad(Refused e) {
        String said = String.valueOf(e.getMessage());
        return e.isRaised()
                ? new BadInput(said)
                : new BadInput(
                        "line " + e.line() + " of the template: " + said + "; mend it, or give another template");
    }
}
