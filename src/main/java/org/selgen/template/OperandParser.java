package org.selgen.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.template.Expressions.Call;
import org.selgen.template.Expressions.Called;
import org.selgen.template.Expressions.Constant;
import org.selgen.template.Frame.Expression;
import org.selgen.template.OperatorExpressions.Filtered;
import org.selgen.template.OperatorExpressions.Not;
import org.selgen.template.OperatorExpressions.Tested;
import org.selgen.template.python.Filters;
import org.selgen.template.python.None;
import org.selgen.template.python.Refused;
import org.selgen.template.python.Tests;

/** Reads what operators stand between: values with their parts, calls, filters and tests. */
final class OperandParser {
    private static final Constant NOTHING = new Constant(None.NONE);

    private final Tokens tokens;
    private final Source source;

    OperandParser(Tokens tokens, Source source) {
        this.tokens = tokens;
        this.source = source;
    }

    /** Reads whole expressions. */
    interface Source {
        Expression expression();

        /** An expression, or several with commas between them. */
        Expression list();
    }

    Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> name(token.text());
            case STRING -> string(token);
            case INTEGER -> new Constant(integer(token));
            case FLOAT -> new Constant(Double.valueOf(token.text()));
            case OPERATOR -> bracket(token);
            default -> throw unexpected(token);
        };
    }

    private static Refused unexpected(Token token) {
        return new Refused(token.shown() + " stands where a value should be").at(token.line());
    }

    private static Object integer(Token token) {
        try {
            return Long.valueOf(token.text());
        } catch (NumberFormatException e) {
            throw new Refused("the integer " + token.text() + " has more than 64 bits").at(token.line());
        }
    }

    private Expression name(String name) {
        switch (name) {
            case "true", "True" -> {
                return new Constant(true);
            }
            case "false", "False" -> {
                return new Constant(false);
            }
            case "none", "None" -> {
                return NOTHING;
            }
            default -> {
                return new Expressions.Name(name);
            }
        }
    }

    private Expression string(Token first) {
        StringBuilder text = new StringBuilder(first.text());
        while (tokens.current().is(Token.Kind.STRING)) {
            text.append(tokens.next().text());
        }
        return new Constant(text.toString());
    }

    private Expression bracket(Token token) {
        return switch (token.text()) {
            case "(" -> {
                Expression inner =
                        tokens.current().isOperator(")") ? new Expressions.TupleOf(List.of()) : source.list();
                tokens.expect(")");
                yield inner;
            }
            case "[" -> new Expressions.ListOf(items("]"));
            case "{" -> dict();
            default -> throw unexpected(token);
        };
    }

    private List<Expression> items(String end) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skip(end)) {
            items.add(source.expression());
            if (!tokens.current().isOperator(end)) {
                tokens.expect(",");
            }
        }
        return items;
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.skip("}")) {
            keys.add(source.expression());
            tokens.expect(":");
            values.add(source.expression());
            if (!tokens.current().isOperator("}")) {
                tokens.expect(",");
            }
        }
        return new Expressions.DictOf(keys, values);
    }

    /** Attributes, elements and calls behind a value. */
    Expression parts(Expression of) {
        Expression value = of;
        while (true) {
            if (tokens.skip(".")) {
                Token token = tokens.next();
                value = switch (token.kind()) {
                    case NAME -> new Expressions.Attribute(value, token.text());
                    case INTEGER -> new Expressions.Item(value, new Constant(integer(token)));
                    default -> throw unexpected(token);
                };
            } else if (tokens.skip("[")) {
                value = element(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Called(value, call());
            } else {
                return value;
            }
        }
    }

    private Expression element(Expression of) {
        Expression begin = tokens.current().isOperator(":") ? NOTHING : source.expression();
        if (tokens.skip("]")) {
            return new Expressions.Item(of, begin);
        }
        tokens.expect(":");
        Expression end = place();
        Expression step = tokens.skip(":") ? place() : NOTHING;
        tokens.expect("]");
        return new Expressions.Slice(of, begin, end, step);
    }

    private Expression place() {
        return tokens.current().isOperator(":") || tokens.current().isOperator("]") ? NOTHING : source.expression();
    }

    /** Filters and tests behind a value. */
    Expression filtered(Expression of) {
        Expression value = of;
        while (true) {
            if (tokens.skip("|")) {
                value = filter(value);
            } else if (tokens.skipName("is")) {
                value = test(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Called(value, call());
            } else {
                return value;
            }
        }
    }

    Filtered filter(Expression of) {
        Token name = tokens.expect(Token.Kind.NAME, "the name of a filter");
        if (!Filters.ALL.containsKey(name.text()) && !Filters.REFUSED.contains(name.text())) {
            throw new Refused("there is no filter '" + name.text() + "'").at(name.line());
        }
        return new Filtered(of, name.text(), tokens.current().isOperator("(") ? call() : Call.EMPTY);
    }

    private Expression test(Expression of) {
        boolean negated = tokens.skipName("not");
        Token name = tokens.expect(Token.Kind.NAME, "the name of a test");
        if (!Tests.ALL.containsKey(name.text())) {
            throw new Refused("there is no test '" + name.text() + "'").at(name.line());
        }
        Expression tested = new Tested(of, name.text(), testCall());
        return negated ? new Not(tested) : tested;
    }

    private Call testCall() {
        Token token = tokens.current();
        if (token.isOperator("(")) {
            return call();
        }
        boolean value =
                (token.is(Token.Kind.NAME) && !List.of("else", "or", "and").contains(token.text()))
                        || token.is(Token.Kind.STRING)
                        || token.is(Token.Kind.INTEGER)
                        || token.is(Token.Kind.FLOAT)
                        || token.isOperator("[")
                        || token.isOperator("{");
        if (value && token.isName("is")) {
            throw tokens.refused("tests cannot be chained with 'is'");
        }
        return value ? Call.of(parts(primary())) : Call.EMPTY;
    }

    Call call() {
        tokens.expect("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression more = null;
        Expression moreNamed = null;
        while (!tokens.skip(")")) {
            if (tokens.skip("**")) {
                moreNamed = source.expression();
            } else if (tokens.skip("*")) {
                more = source.expression();
            } else if (tokens.current().is(Token.Kind.NAME)
                    && tokens.following().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, source.expression());
            } else if (named.isEmpty() && more == null && moreNamed == null) {
                positional.add(source.expression());
            } else {
                throw tokens.refused("an argument without a name stands behind one with a name");
            }
            if (!tokens.current().isOperator(")")) {
                tokens.expect(",");
            }
        }
        return new Call(positional, named, more, moreNamed);
    }
}
