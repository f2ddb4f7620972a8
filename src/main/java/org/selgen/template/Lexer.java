package org.selgen.template;

import java.util.ArrayList;
import java.util.List;
import org.selgen.template.python.PythonText;
import org.selgen.template.python.Refused;

/**
 * Cuts a template into tokens. The newline after a block or a comment is dropped, and so is the white space before one that
 * begins its line: Jinja's {@code trim_blocks} and {@code lstrip_blocks}, as Hugging Face sets them. A sign in a tag,
 * as {@code -%}, says otherwise.
 */
final class Lexer {
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean lineBegins = true;

    private Lexer(String template) {
        String unix = template.replace("\r\n", "\n").replace('\r', '\n');
        this.source = unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
    }

    static List<Token> tokens(String template) {
        Lexer lexer = new Lexer(template);
        lexer.all();
        return lexer.tokens;
    }

    private void all() {
        while (at < source.length()) {
            int tag = tag(at);
            if (tag < 0) {
                add(Token.Kind.DATA, source.substring(at), source.length());
            } else {
                tag(tag, source.charAt(tag + 1));
            }
        }
        tokens.add(new Token(Token.Kind.END, "", line));
    }

    /** Where the next tag begins; -1 where there is none. */
    private int tag(int from) {
        int brace = source.indexOf('{', from);
        while (brace >= 0 && brace + 1 < source.length() && "{%#".indexOf(source.charAt(brace + 1)) < 0) {
            brace = source.indexOf('{', brace + 1);
        }
        return brace + 1 < source.length() ? brace : -1;
    }

    private void tag(int begin, char kind) {
        int rawEnd = kind == '%' ? word(begin + 2, "raw", false) : -1;
        char sign = begin + 2 < source.length() ? source.charAt(begin + 2) : ' ';
        boolean signed = sign == '-' || sign == '+';
        data(begin, signed ? sign : ' ', kind == '{');
        if (rawEnd >= 0) {
            raw(rawEnd);
        } else if (kind == '#') {
            comment(begin + (signed ? 3 : 2));
        } else {
            boolean print = kind == '{';
            add(
                    print ? Token.Kind.PRINT_BEGIN : Token.Kind.BLOCK_BEGIN,
                    source.substring(begin, begin + 2),
                    begin + (signed ? 3 : 2));
            expression(print);
        }
    }

    /** The text before a tag. */
    private void data(int end, char sign, boolean print) {
        String text = source.substring(at, end);
        int last = text.lastIndexOf('\n') + 1;
        boolean indents = (last > 0 || lineBegins)
                && last < text.length()
                && PythonText.strip(text.substring(last), null).isEmpty();
        String kept = text;
        if (sign == '-') {
            kept = PythonText.stripEnd(text, null);
        } else if (sign != '+' && !print && indents) {
            kept = text.substring(0, last);
        }
        if (!kept.isEmpty()) {
            tokens.add(new Token(Token.Kind.DATA, kept, line));
        }
        move(end);
    }

    private void add(Token.Kind kind, String text, int end) {
        tokens.add(new Token(kind, text, line));
        move(end);
    }

    private void move(int end) {
        for (int i = at; i < end; i++) {
            line += source.charAt(i) == '\n' ? 1 : 0;
        }
        lineBegins = end > at && source.charAt(end - 1) == '\n';
        at = end;
    }

    private int space(int from) {
        int end = from;
        while (end < source.length() && PythonText.space(source.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Where a tag of one word ends, behind what it drops; -1 where no such tag stands at a place behind its brace. */
    private int word(int from, String word, boolean dropsNewline) {
        int sign = from < source.length() && "-+".indexOf(source.charAt(from)) >= 0 ? 1 : 0;
        int begin = space(from + sign);
        return source.startsWith(word, begin) ? close(space(begin + word.length()), "%}", dropsNewline) : -1;
    }

    /** Where a tag's end at this place ends, behind the white space it drops; -1 where there is none. */
    private int close(int from, String end, boolean dropsNewline) {
        if (source.startsWith("-" + end, from)) {
            return space(from + 3);
        }
        if (dropsNewline && source.startsWith("+" + end, from)) {
            return from + 3;
        }
        if (!source.startsWith(end, from)) {
            return -1;
        }
        return dropsNewline && source.startsWith("\n", from + 2) ? from + 3 : from + 2;
    }

    private void raw(int from) {
        move(from);
        int end = source.indexOf("{%", at);
        while (end >= 0 && word(end + 2, "endraw", true) < 0) {
            end = source.indexOf("{%", end + 2);
        }
        if (end < 0) {
            throw new Refused("a 'raw' block has no end").at(line);
        }
        char sign = source.charAt(end + 2);
        int behind = word(end + 2, "endraw", true);
        data(end, sign == '-' || sign == '+' ? sign : ' ', false);
        move(behind);
    }

    private void comment(int from) {
        int end = source.indexOf("#}", from);
        if (end < 0) {
            throw new Refused("a comment has no end").at(line);
        }
        boolean signed = end > from && "-+".indexOf(source.charAt(end - 1)) >= 0;
        move(close(signed ? end - 1 : end, "#}", true));
    }

    private void expression(boolean print) {
        ExpressionLexer inner = new ExpressionLexer(source);
        while (true) {
            move(space(at));
            int end = inner.isBalanced() ? close(at, print ? "}}" : "%}", !print) : -1;
            if (end >= 0) {
                add(print ? Token.Kind.PRINT_END : Token.Kind.BLOCK_END, print ? "}}" : "%}", end);
                return;
            }
            if (at >= source.length()) {
                throw new Refused("a tag has no end").at(line);
            }
            try {
                Token token = inner.token(at, line);
                tokens.add(token);
                move(inner.end());
            } catch (Refused e) {
                throw e.at(line);
            }
        }
    }
}
