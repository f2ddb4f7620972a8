package org.selgen.template;

import java.util.List;
import org.selgen.template.python.Environment;
import org.selgen.template.python.Refused;
import org.selgen.template.python.Repr;
import org.selgen.template.python.StepBudget;

/**
 * Where a template is at work.
 *
 * @param environment what it can use
 * @param scope the variables it sees
 * @param output what it writes to
 */
record Frame(Environment environment, BlockVariables scope, Output output) {
    /** What an expression is. */
    @FunctionalInterface
    interface Expression {
        Object value(Frame frame);
    }

    /** How a statement ends. */
    enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    /** What a statement is. */
    interface Statement {
        Flow run(Frame frame);

        /** Where it begins, from 1. */
        int line();
    }

    StepBudget budget() {
        return environment.budget();
    }

    Object evaluate(Expression expression) {
        budget().enter();
        Object value = expression.value(this);
        budget().leave();
        return value;
    }

    List<Object> evaluate(List<Expression> expressions) {
        return expressions.stream().map(this::evaluate).toList();
    }

    String text(Expression expression) {
        return Repr.text(evaluate(expression), budget());
    }

    /** Runs statements up to the first that leaves or goes on with a loop. */
    Flow run(List<Statement> statements) {
        for (Statement statement : statements) {
            Flow flow = run(statement);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow run(Statement statement) {
        try {
            budget().enter();
            Flow flow = statement.run(this);
            budget().leave();
            return flow;
        } catch (Refused e) {
            throw e.at(statement.line());
        }
    }

    /** The same with variables of its own. */
    Frame inner() {
        return new Frame(environment, new BlockVariables(scope), output);
    }

    /** The text that statements write with variables of their own. */
    String captured(List<Statement> statements) {
        return captured(statements, new BlockVariables(scope));
    }

    /** The same with these variables. */
    String captured(List<Statement> statements, BlockVariables own) {
        Output inner = new Output(budget(), false);
        new Frame(environment, own, inner).run(statements);
        return inner.text();
    }
}
