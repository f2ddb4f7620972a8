package org.selgen.template;

import java.util.Iterator;
import java.util.List;
import org.selgen.template.Expressions.Called;
import org.selgen.template.Frame.Expression;
import org.selgen.template.Frame.Flow;
import org.selgen.template.Frame.Statement;
import org.selgen.template.OperatorExpressions.Filtered;
import org.selgen.template.Targets.Target;
import org.selgen.template.python.Arguments;
import org.selgen.template.python.Repr;
import org.selgen.template.python.SelectFilters;
import org.selgen.template.python.Values;

/** Statements of a template. */
final class Statements {
    private Statements() {}

    record Text(int line, String text) implements Statement {
        @Override
        public Flow run(Frame frame) {
            frame.output().write(text);
            return Flow.ON;
        }
    }

    record Print(int line, Expression expression) implements Statement {
        @Override
        public Flow run(Frame frame) {
            frame.output().write(frame.text(expression));
            return Flow.ON;
        }
    }

    /** Tests in order, each with its statements; the statements of {@code else} have none. */
    record If(int line, List<Expression> tests, List<List<Statement>> bodies) implements Statement {
        @Override
        public Flow run(Frame frame) {
            for (int i = 0; i < bodies.size(); i++) {
                if (i == tests.size() || Values.truth(frame.evaluate(tests.get(i)))) {
                    return frame.run(bodies.get(i));
                }
            }
            return Flow.ON;
        }
    }

    record For(
            int line,
            Target target,
            Expression over,
            List<Expression> tests,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {
        @Override
        public Flow run(Frame frame) {
            Loop loop = new Loop(items(frame));
            boolean none = true;
            while (loop.next()) {
                none = false;
                frame.budget().steps(1);
                Frame inner = frame.inner();
                inner.scope().set("loop", loop);
                target.set(inner, loop.current());
                if (inner.run(body) == Flow.BREAK) {
                    break;
                }
            }
            return none ? frame.inner().run(otherwise) : Flow.ON;
        }

        private Iterator<Object> items(Frame frame) {
            Iterator<Object> all = Values.iterate(frame.evaluate(over), frame.budget());
            for (Expression test : tests) {
                all = SelectFilters.filtered(all, frame.budget(), item -> {
                    Frame inner = frame.inner();
                    target.set(inner, item);
                    return Values.truth(inner.evaluate(test));
                });
            }
            return all;
        }
    }

    /** {@code break} and {@code continue}. */
    record Jump(int line, Flow flow) implements Statement {
        @Override
        public Flow run(Frame frame) {
            return flow;
        }
    }

    record Set(int line, Target target, Expression value) implements Statement {
        @Override
        public Flow run(Frame frame) {
            target.set(frame, frame.evaluate(value));
            return Flow.ON;
        }
    }

    /** A block of {@code set} or of a filter: its text goes through filters, and is kept or written. */
    record Captured(int line, Target target, List<Filtered> filters, List<Statement> body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            Object text = frame.captured(body);
            for (Filtered filter : filters) {
                text = filter.apply(text, frame);
            }
            target.set(frame, text);
            return Flow.ON;
        }
    }

    record With(int line, List<Target> targets, List<Expression> values, List<Statement> body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            List<Object> given = frame.evaluate(values);
            Frame inner = frame.inner();
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).set(inner, given.get(i));
            }
            return inner.run(body);
        }
    }

    record Macro(int line, String name, Parameters parameters, List<Statement> body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            frame.scope().set(name, parameters.function("the macro '" + name + "'", frame, body));
            return Flow.ON;
        }
    }

    /** A macro called with a block, which it writes with {@code caller()}. */
    record CallBlock(int line, Called called, Parameters parameters, List<Statement> body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            Arguments given = called.call().evaluate(frame);
            java.util.Map<String, Object> named = new java.util.LinkedHashMap<>(given.named());
            named.put("caller", parameters.function("caller", frame, body));
            Object value = called.call(frame, new Arguments(given.positional(), named));
            frame.output().write(Repr.text(value, frame.budget()));
            return Flow.ON;
        }
    }

    /** What is learnt of a rendered conversation. */
    record Generation(int line, List<Statement> body) implements Statement {
        @Override
        public Flow run(Frame frame) {
            frame.output().beginLearnt();
            frame.inner().run(body);
            frame.output().endLearnt();
            return Flow.ON;
        }
    }
}
