package org.selgen.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.selgen.template.Frame.Expression;
import org.selgen.template.OperatorExpressions.And;
import org.selgen.template.OperatorExpressions.Binary;
import org.selgen.template.OperatorExpressions.Comparison;
import org.selgen.template.OperatorExpressions.Concatenation;
import org.selgen.template.OperatorExpressions.Conditional;
import org.selgen.template.OperatorExpressions.Not;
import org.selgen.template.OperatorExpressions.Or;
import org.selgen.template.OperatorExpressions.Signed;

/** Reads expressions by the precedence of their operators; the package states the grammar. */
final class Parser implements OperandParser.Source {
    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

    private final Tokens tokens;
    private final OperandParser operands;

    Parser(Tokens tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this);
    }

    @Override
    public Expression list() {
        return list(this::expression);
    }

    /** The same where {@code if} begins something else. */
    Expression plainList() {
        return list(this::or);
    }

    private Expression list(Supplier<Expression> item) {
        Expression first = item.get();
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skip(",") && !listEnds()) {
            items.add(item.get());
        }
        return new Expressions.TupleOf(items);
    }

    private boolean listEnds() {
        Token token = tokens.current();
        return token.is(Token.Kind.BLOCK_END)
                || token.is(Token.Kind.PRINT_END)
                || token.isOperator(")")
                || token.isName("recursive");
    }

    @Override
    public Expression expression() {
        tokens.enter();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression test = or();
            value = new Conditional(test, value, tokens.skipName("else") ? expression() : null);
        }
        tokens.leave();
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new And(left, not());
        }
        return left;
    }

    private Expression not() {
        if (!tokens.skipName("not")) {
            return comparison();
        }
        tokens.enter();
        Expression of = not();
        tokens.leave();
        return new Not(of);
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        for (String operator = comparator(); operator != null; operator = comparator()) {
            operators.add(operator);
            others.add(sum());
        }
        return operators.isEmpty() ? first : new Comparison(first, operators, others);
    }

    private @Nullable String comparator() {
        Token token = tokens.current();
        if (token.isName("in") || (token.is(Token.Kind.OPERATOR) && COMPARISONS.contains(token.text()))) {
            return tokens.next().text();
        }
        if (token.isName("not") && tokens.following().isName("in")) {
            tokens.next();
            tokens.next();
            return "not in";
        }
        return null;
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
            left = new Binary(tokens.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        List<Expression> parts = new ArrayList<>(List.of(product()));
        while (tokens.skip("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Concatenation(parts);
    }

    private Expression product() {
        Expression left = power();
        while (tokens.current().is(Token.Kind.OPERATOR)
                && List.of("*", "/", "//", "%").contains(tokens.current().text())) {
            left = new Binary(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = operands.filtered(unary());
        if (left instanceof Signed && tokens.current().isOperator("**")) {
            throw tokens.refused("the power of a number with a sign is not rendered here; put brackets around it");
        }
        while (tokens.skip("**")) {
            left = new Binary("**", left, operands.filtered(unary()));
        }
        return left;
    }

    private Expression unary() {
        boolean negative = tokens.current().isOperator("-");
        if (!negative && !tokens.current().isOperator("+")) {
            return operands.parts(operands.primary());
        }
        tokens.next();
        tokens.enter();
        Expression of = unary();
        tokens.leave();
        return operands.parts(new Signed(negative, of));
    }

    OperandParser operands() {
        return operands;
    }
}
