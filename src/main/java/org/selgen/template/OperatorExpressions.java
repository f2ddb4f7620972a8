package org.selgen.template;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selgen.template.Expressions.Call;
import org.selgen.template.Frame.Expression;
import org.selgen.template.python.Arithmetic;
import org.selgen.template.python.Operators;
import org.selgen.template.python.Refused;
import org.selgen.template.python.Repr;
import org.selgen.template.python.SafeText;
import org.selgen.template.python.StepBudget;
import org.selgen.template.python.Undefined;
import org.selgen.template.python.Values;

/** Expressions that make a value out of others. */
final class OperatorExpressions {
    private OperatorExpressions() {}

    record Binary(String operator, Expression left, Expression right) implements Expression {
        @Override
        public Object value(Frame frame) {
            return Arithmetic.apply(operator, frame.evaluate(left), frame.evaluate(right), frame.budget());
        }
    }

    record Signed(boolean negative, Expression of) implements Expression {
        @Override
        public Object value(Frame frame) {
            Object value = frame.evaluate(of);
            return negative ? Arithmetic.negative(value) : Arithmetic.positive(value);
        }
    }

    record Concatenation(List<Expression> parts) implements Expression {
        @Override
        public Object value(Frame frame) {
            StringBuilder all = new StringBuilder();
            for (Object part : frame.evaluate(parts)) {
                if (part instanceof SafeText) {
                    throw Refused.type("'~'", part);
                }
                String text = Repr.text(part, frame.budget());
                frame.budget().characters(text.length());
                all.append(text);
            }
            return frame.budget().text(all.toString());
        }
    }

    record Not(Expression of) implements Expression {
        @Override
        public Object value(Frame frame) {
            return !Values.truth(frame.evaluate(of));
        }
    }

    record And(Expression left, Expression right) implements Expression {
        @Override
        public Object value(Frame frame) {
            Object value = frame.evaluate(left);
            return Values.truth(value) ? frame.evaluate(right) : value;
        }
    }

    record Or(Expression left, Expression right) implements Expression {
        @Override
        public Object value(Frame frame) {
            Object value = frame.evaluate(left);
            return Values.truth(value) ? value : frame.evaluate(right);
        }
    }

    /** {@code then if test else otherwise}; without the last it is undefined where the test fails. */
    record Conditional(
            Expression test, Expression then, @Nullable Expression otherwise) implements Expression {
        @Override
        public Object value(Frame frame) {
            if (Values.truth(frame.evaluate(test))) {
                return frame.evaluate(then);
            }
            return otherwise == null
                    ? new Undefined("the inline if has no else and its test failed")
                    : frame.evaluate(otherwise);
        }
    }

    /** A chain as {@code a < b <= c}: true where each holds. */
    record Comparison(Expression first, List<String> operators, List<Expression> others) implements Expression {
        @Override
        public Object value(Frame frame) {
            Object left = frame.evaluate(first);
            for (int i = 0; i < operators.size(); i++) {
                Object right = frame.evaluate(others.get(i));
                if (!holds(operators.get(i), left, right, frame.budget())) {
                    return false;
                }
                left = right;
            }
            return true;
        }

        private static boolean holds(String operator, Object left, Object right, StepBudget budget) {
            return switch (operator) {
                case "==" -> Operators.equal(left, right, budget);
                case "!=" -> !Operators.equal(left, right, budget);
                case "in" -> Operators.contains(right, left, budget);
                case "not in" -> !Operators.contains(right, left, budget);
                case "<" -> Operators.compare(left, right, budget) < 0;
                case "<=" -> Operators.compare(left, right, budget) <= 0;
                case ">" -> Operators.compare(left, right, budget) > 0;
                default -> Operators.compare(left, right, budget) >= 0;
            };
        }
    }

    record Filtered(Expression of, String filter, Call call) implements Expression {
        @Override
        public Object value(Frame frame) {
            return apply(frame.evaluate(of), frame);
        }

        Object apply(Object value, Frame frame) {
            return frame.environment().filter(filter).apply(value, call.evaluate(frame), frame.environment());
        }
    }

    record Tested(Expression of, String test, Call call) implements Expression {
        @Override
        public Object value(Frame frame) {
            return frame.environment().test(test).holds(frame.evaluate(of), call.evaluate(frame), frame.environment());
        }
    }
}
