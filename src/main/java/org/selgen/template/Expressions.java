package org.selgen.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selgen.template.Frame.Expression;
import org.selgen.template.python.Arguments;
import org.selgen.template.python.AttributeAccess;
import org.selgen.template.python.Refused;
import org.selgen.template.python.Slices;
import org.selgen.template.python.TemplateFunction;
import org.selgen.template.python.Tuple;
import org.selgen.template.python.TypeName;
import org.selgen.template.python.Undefined;
import org.selgen.template.python.Values;

/** Expressions that give a value of their own, or a part of one. */
final class Expressions {
    private Expressions() {}

    record Constant(Object constant) implements Expression {
        @Override
        public Object value(Frame frame) {
            return constant;
        }
    }

    record Name(String name) implements Expression {
        @Override
        public Object value(Frame frame) {
            return frame.scope().get(name);
        }
    }

    record ListOf(List<Expression> items) implements Expression {
        @Override
        public Object value(Frame frame) {
            return frame.evaluate(items);
        }
    }

    record TupleOf(List<Expression> items) implements Expression {
        @Override
        public Object value(Frame frame) {
            return new Tuple(frame.evaluate(items));
        }
    }

    record DictOf(List<Expression> keys, List<Expression> values) implements Expression {
        @Override
        public Object value(Frame frame) {
            Map<Object, Object> dict = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Object key = Values.key(frame.evaluate(keys.get(i)));
                dict.put(key, frame.evaluate(values.get(i)));
            }
            return dict;
        }
    }

    record Attribute(Expression of, String name) implements Expression {
        @Override
        public Object value(Frame frame) {
            return AttributeAccess.attribute(frame.evaluate(of), name);
        }
    }

    record Item(Expression of, Expression key) implements Expression {
        @Override
        public Object value(Frame frame) {
            return AttributeAccess.item(frame.evaluate(of), frame.evaluate(key), frame.budget());
        }
    }

    record Slice(Expression of, Expression begin, Expression end, Expression step) implements Expression {
        @Override
        public Object value(Frame frame) {
            return Slices.slice(
                    frame.evaluate(of),
                    frame.evaluate(begin),
                    frame.evaluate(end),
                    frame.evaluate(step),
                    frame.budget());
        }
    }

    /**
     * Arguments of a call as written.
     *
     * @param more what {@code *} stands before
     * @param moreNamed what {@code **} stands before
     */
    record Call(
            List<Expression> positional,
            Map<String, Expression> named,
            @Nullable Expression more,
            @Nullable Expression moreNamed) {
        static final Call EMPTY = new Call(List.of(), Map.of(), null, null);

        static Call of(Expression one) {
            return new Call(List.of(one), Map.of(), null, null);
        }

        Arguments evaluate(Frame frame) {
            List<Object> values = new ArrayList<>(frame.evaluate(positional));
            Map<String, Object> byName = new LinkedHashMap<>();
            named.forEach((name, expression) -> byName.put(name, frame.evaluate(expression)));
            if (more != null) {
                values.addAll(Values.list(frame.evaluate(more), frame.budget()));
            }
            if (moreNamed != null) {
                if (!(frame.evaluate(moreNamed) instanceof Map<?, ?> dict)) {
                    throw new Refused("what '**' stands before must be a dict");
                }
                dict.forEach((name, value) -> byName.put(Values.string(name, "the name of an argument"), value));
            }
            return new Arguments(values, byName);
        }
    }

    record Called(Expression function, Call call) implements Expression {
        @Override
        public Object value(Frame frame) {
            return call(frame, call.evaluate(frame));
        }

        Object call(Frame frame, Arguments arguments) {
            Object called = Undefined.refuse(frame.evaluate(function));
            if (!(called instanceof TemplateFunction known)) {
                throw new Refused(TypeName.of(called) + " cannot be called");
            }
            return known.call(arguments, frame.environment());
        }
    }
}
