package org.selgen.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.selgen.template.python.Refused;

/** Reads one token of an expression after the other, and counts its brackets. */
final class ExpressionLexer {
    private static final List<String> TWO = List.of("//", "**", "==", "!=", ">=", "<=");
    private static final String ONE = "+-/*%~[](){}><=.:|,";
    private static final String SHORT = "ntrabfv\\'\"";
    private static final String MEANT = "\n\t\r\u0007\b\f\u000b\\'\"";

    private final String source;
    private final Deque<Character> closing = new ArrayDeque<>();
    private int end;

    ExpressionLexer(String source) {
        this.source = source;
    }

    /** Whether no bracket is open. */
    boolean isBalanced() {
        return closing.isEmpty();
    }

    /** Behind the token read last. */
    int end() {
        return end;
    }

    Token token(int at, int line) {
        int c = source.codePointAt(at);
        if (c >= '0' && c <= '9') {
            return number(at, line);
        }
        if (c == '_' || Character.isLetter(c)) {
            end = at;
            while (end < source.length() && part(source.codePointAt(end))) {
                end += Character.charCount(source.codePointAt(end));
            }
            return new Token(Token.Kind.NAME, source.substring(at, end), line);
        }
        return c == '\'' || c == '"' ? string(at, line) : operator(at, line);
    }

    private static boolean part(int c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private Token operator(int at, int line) {
        String two = source.substring(at, Math.min(source.length(), at + 2));
        String operator = TWO.contains(two) ? two : two.substring(0, 1);
        if (operator.length() == 1 && ONE.indexOf(operator.charAt(0)) < 0) {
            throw new Refused("the character '" + Character.toString(source.codePointAt(at)) + "' is not Jinja");
        }
        char c = operator.charAt(0);
        int opens = "({[".indexOf(c);
        if (opens >= 0) {
            closing.push(")}]".charAt(opens));
        } else if (")}]".indexOf(c) >= 0 && (closing.isEmpty() || closing.pop() != c)) {
            throw new Refused("'" + c + "' closes nothing");
        }
        end = at + operator.length();
        return new Token(Token.Kind.OPERATOR, operator, line);
    }

    private Token number(int at, int line) {
        if (source.startsWith("0x", at) || source.startsWith("0b", at) || source.startsWith("0o", at)) {
            throw new Refused("integers that are not decimal are not rendered here");
        }
        boolean element = at > 0 && source.charAt(at - 1) == '.'; // of a list, as in pair.0
        end = digits(at);
        boolean isFloat = false;
        if (!element && digits(end + 1) > end + 1 && source.charAt(end) == '.') {
            end = digits(end + 1);
            isFloat = true;
        }
        int exponent = end + 1;
        if (!element && end < source.length() && "eE".indexOf(source.charAt(end)) >= 0) {
            boolean signed = exponent < source.length() && "+-".indexOf(source.charAt(exponent)) >= 0;
            int begin = signed ? exponent + 1 : exponent;
            if (digits(begin) > begin) {
                end = digits(begin);
                isFloat = true;
            }
        }
        String text = source.substring(at, end).replace("_", "");
        boolean octal = text.length() > 1 && text.startsWith("0") && !isFloat && !text.matches("0+");
        if (text.length() > 400 || octal) {
            throw new Refused("the number " + text + " is not Jinja");
        }
        return new Token(isFloat ? Token.Kind.FLOAT : Token.Kind.INTEGER, text, line);
    }

    /** Behind the digits, which underscores may part. */
    private int digits(int from) {
        int i = from;
        while (i < source.length() && (digit(i) || (i > from && source.charAt(i) == '_' && digit(i + 1)))) {
            i++;
        }
        return i;
    }

    private boolean digit(int at) {
        return at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9';
    }

    private Token string(int at, int line) {
        char quote = source.charAt(at);
        StringBuilder text = new StringBuilder();
        end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            if (source.charAt(end) == '\\' && end + 1 < source.length()) {
                escape(text);
            } else {
                text.append(source.charAt(end++));
            }
        }
        if (end >= source.length()) {
            throw new Refused("a text has no end");
        }
        end++;
        return new Token(Token.Kind.STRING, text.toString(), line);
    }

    private void escape(StringBuilder text) {
        char c = source.charAt(end + 1);
        int meant = SHORT.indexOf(c);
        if (c >= '0' && c <= '7') {
            int behind = end + 2;
            while (behind < end + 4 && digit(behind) && source.charAt(behind) < '8') {
                behind++;
            }
            text.append((char) Integer.parseInt(source.substring(end + 1, behind), 8));
            end = behind;
        } else if (c == 'x' || c == 'u' || c == 'U') {
            hex(text, c == 'x' ? 2 : c == 'u' ? 4 : 8);
        } else if (c == 'N') {
            throw new Refused("characters by name, '\\N{...}', are not rendered here");
        } else {
            if (meant >= 0) {
                text.append(MEANT.charAt(meant));
            } else if (c != '\n') {
                text.append('\\').append(c);
            }
            end += 2;
        }
    }

    private void hex(StringBuilder text, int digits) {
        String hex = source.substring(end + 2, Math.min(source.length(), end + 2 + digits));
        boolean good = hex.length() == digits && hex.matches("[0-9a-fA-F]+");
        long code = good ? Long.parseLong(hex, 16) : Long.MAX_VALUE;
        if (code > Character.MAX_CODE_POINT) {
            throw new Refused("a text has an escape that is no character");
        }
        text.appendCodePoint((int) code);
        end += 2 + digits;
    }
}
