package org.selgen.template;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.selgen.template.python.Refused;

/** The tokens of a template, read from the first to the last. */
final class Tokens {
    /** Most expressions and blocks within each other. */
    private static final int DEEPEST = 100;

    private final List<Token> tokens;
    private int at;
    private int depth;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token following() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    /** Number of tokens that have been read. */
    int read() {
        return at;
    }

    /** The names among the tokens read since then. */
    Set<String> namesSince(int begin) {
        Set<String> names = new HashSet<>();
        tokens.subList(begin, at).stream()
                .filter(token -> token.is(Token.Kind.NAME))
                .forEach(token -> names.add(token.text()));
        return names;
    }

    boolean skip(String operator) {
        return skip(current().isOperator(operator));
    }

    boolean skipName(String name) {
        return skip(current().isName(name));
    }

    private boolean skip(boolean there) {
        if (there) {
            next();
        }
        return there;
    }

    void expect(String operator) {
        if (!skip(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    Token expect(Token.Kind kind, String what) {
        if (!current().is(kind)) {
            throw unexpected(what);
        }
        return next();
    }

    String name(String what) {
        return expect(Token.Kind.NAME, what).text();
    }

    Refused unexpected(String expected) {
        return refused(current().shown() + " stands where " + expected + " should be");
    }

    Refused refused(String message) {
        return new Refused(message).at(current().line());
    }

    void enter() {
        depth++;
        if (depth > DEEPEST) {
            throw refused("more than " + DEEPEST + " expressions and blocks stand within each other");
        }
    }

    void leave() {
        depth--;
    }
}
