package org.selgen.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.selgen.template.Expressions.Called;
import org.selgen.template.Expressions.Constant;
import org.selgen.template.Frame.Expression;
import org.selgen.template.Frame.Flow;
import org.selgen.template.Frame.Statement;
import org.selgen.template.OperatorExpressions.Filtered;
import org.selgen.template.Targets.Target;
import org.selgen.template.python.Refused;

/** Reads the statements of a template; the package states the grammar. */
final class StatementParser {
    private final Tokens tokens;
    private final Parser expressions;
    private int loops; // around what is read

    private StatementParser(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
        this.expressions = new Parser(this.tokens);
    }

    static List<Statement> statements(List<Token> tokens) {
        StatementParser parser = new StatementParser(tokens);
        return parser.body(Set.of());
    }

    /** Statements up to a tag of one of these names, whose name is then the current token. */
    private List<Statement> body(Set<String> ends) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            switch (token.kind()) {
                case DATA -> statements.add(new Statements.Text(token.line(), token.text()));
                case PRINT_BEGIN -> {
                    statements.add(new Statements.Print(token.line(), expressions.list()));
                    tokens.expect(Token.Kind.PRINT_END, "'}}'");
                }
                case BLOCK_BEGIN -> {
                    if (tokens.current().is(Token.Kind.NAME)
                            && ends.contains(tokens.current().text())) {
                        return statements;
                    }
                    tokens.enter();
                    statements.add(statement());
                    tokens.leave();
                    end();
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw tokens.unexpected("'{% "
                                + String.join(
                                        " %}' or '{% ", ends.stream().sorted().toList()) + " %}'");
                    }
                    return statements;
                }
            }
        }
    }

    private void end() {
        tokens.expect(Token.Kind.BLOCK_END, "'%}'");
    }

    /** The statements of a block up to its end tag. */
    private List<Statement> block(String end) {
        end();
        List<Statement> statements = body(Set.of(end));
        tokens.expectName(end);
        return statements;
    }

    /** The same where a loop around the block cannot be left from within. */
    private List<Statement> closed(String end) {
        int around = loops;
        loops = 0;
        List<Statement> statements = block(end);
        loops = around;
        return statements;
    }

    private Statement statement() {
        int line = tokens.current().line();
        String name = tokens.name("the name of a statement");
        return switch (name) {
            case "if" -> branches(line);
            case "for" -> loop(line);
            case "set" -> assignment(line);
            case "with" -> with(line);
            case "macro" -> macro(line);
            case "call" -> call(line);
            case "filter" -> filter(line);
            case "generation" -> new Statements.Generation(line, closed("endgeneration"));
            case "break", "continue" -> jump(line, name);
            case "print" -> new Statements.Print(line, expressions.list());
            case "block", "extends", "include", "import", "from", "autoescape" ->
                throw new Refused("the statement '" + name + "' is not rendered here").at(line);
            default -> throw new Refused("there is no statement '" + name + "' here").at(line);
        };
    }

    private Statement filter(int line) {
        List<Filtered> first = new ArrayList<>(List.of(expressions.operands().filter(new Constant(""))));
        return new Statements.Captured(line, new Targets.Written(), filters(first), closed("endfilter"));
    }

    private Statement jump(int line, String name) {
        if (loops == 0) {
            throw new Refused("'" + name + "' stands outside a loop").at(line);
        }
        return new Statements.Jump(line, name.equals("break") ? Flow.BREAK : Flow.CONTINUE);
    }

    private Statement branches(int line) {
        List<Expression> tests = new ArrayList<>();
        List<List<Statement>> bodies = new ArrayList<>();
        Set<String> ends = Set.of("elif", "else", "endif");
        do {
            tests.add(expressions.plainList());
            end();
            bodies.add(body(ends));
        } while (tokens.skipName("elif"));
        if (tokens.skipName("else")) {
            end();
            bodies.add(body(Set.of("endif")));
        }
        tokens.expectName("endif");
        return new Statements.If(line, tests, bodies);
    }

    private Statement loop(int line) {
        Target target = TargetParser.targets(tokens);
        tokens.expectName("in");
        Expression over = expressions.plainList();
        List<Expression> tests = new ArrayList<>();
        if (tokens.skipName("if")) {
            tests.add(expressions.expression());
        }
        if (tokens.current().isName("recursive")) {
            throw new Refused("a loop that is 'recursive' is not rendered here").at(line);
        }
        end();
        loops++;
        List<Statement> body = body(Set.of("else", "endfor"));
        loops--;
        List<Statement> otherwise = List.of();
        if (tokens.skipName("else")) {
            end();
            otherwise = body(Set.of("endfor"));
        }
        tokens.expectName("endfor");
        return new Statements.For(line, target, over, tests, body, otherwise);
    }

    private Statement assignment(int line) {
        Target target = TargetParser.targets(tokens);
        if (tokens.skip("=")) {
            return new Statements.Set(line, target, expressions.list());
        }
        return new Statements.Captured(line, target, filters(new ArrayList<>()), closed("endset"));
    }

    /** The filters of a block, behind those that have been read. */
    private List<Filtered> filters(List<Filtered> filters) {
        while (tokens.skip("|")) {
            filters.add(expressions.operands().filter(new Constant("")));
        }
        return filters;
    }

    private Statement with(int line) {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.current().is(Token.Kind.BLOCK_END)) {
            if (!targets.isEmpty()) {
                tokens.expect(",");
            }
            targets.add(TargetParser.target(tokens));
            tokens.expect("=");
            values.add(expressions.expression());
        }
        return new Statements.With(line, targets, values, block("endwith"));
    }

    private Statement macro(int line) {
        String name = tokens.name("the name of a macro");
        Signature signature = signature();
        int begin = tokens.read();
        List<Statement> body = closed("endmacro");
        return new Statements.Macro(line, name, parameters(signature, begin), body);
    }

    private Statement call(int line) {
        Signature signature = tokens.current().isOperator("(") ? signature() : new Signature(List.of(), List.of());
        if (!(expressions.expression() instanceof Called called)) {
            throw new Refused("a 'call' block calls nothing").at(line);
        }
        int begin = tokens.read();
        List<Statement> body = closed("endcall");
        return new Statements.CallBlock(line, called, parameters(signature, begin), body);
    }

    private record Signature(List<String> names, List<Expression> defaults) {}

    private Parameters parameters(Signature signature, int bodyBegins) {
        Set<String> read = tokens.namesSince(bodyBegins);
        read.retainAll(Parameters.SPECIAL);
        return new Parameters(signature.names(), signature.defaults(), read);
    }

    private Signature signature() {
        List<String> names = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.skip(")")) {
            if (!names.isEmpty()) {
                tokens.expect(",");
            }
            names.add(tokens.name("the name of a parameter"));
            if (tokens.skip("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw tokens.refused("a parameter without a default stands behind one with a default");
            }
        }
        return new Signature(names, defaults);
    }
}
