package org.selgen.template.python;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Texts as Python's {@code str} has them: places count code points, and white space is Python's. */
public final class PythonText {
    private PythonText() {}

    /** White space by {@code str.isspace}: more than Java's, as no-break spaces and the next-line character. */
    public static boolean space(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    static boolean lineEnd(int c) {
        return (c >= '\n' && c <= '\r') || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    public static String strip(String text, @Nullable String characters) {
        return stripEnd(stripStart(text, characters), characters);
    }

    static String stripStart(String text, @Nullable String characters) {
        IntPredicate cut = cut(characters);
        int begin = 0;
        while (begin < text.length() && cut.test(text.codePointAt(begin))) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        return text.substring(begin);
    }

    public static String stripEnd(String text, @Nullable String characters) {
        IntPredicate cut = cut(characters);
        int end = text.length();
        while (end > 0 && cut.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    private static IntPredicate cut(@Nullable String characters) {
        if (characters == null) {
            return PythonText::space;
        }
        BitSet set = new BitSet();
        characters.codePoints().forEach(set::set);
        return set::get;
    }

    /** Parts between separators, at most {@code most} + 1 of them; a negative {@code most} is no limit. */
    static List<Object> split(String text, String separator, long most) {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        int at = Search.first(text, separator, 0);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
            at = Search.first(text, separator, from);
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The same, counted from the end. */
    static List<Object> splitFromEnd(String text, String separator, long most) {
        List<Object> parts = new ArrayList<>();
        int to = text.length();
        int at = Search.last(text, separator, to);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            parts.add(text.substring(at + separator.length(), to));
            to = at;
            at = Search.last(text, separator, to);
        }
        parts.add(text.substring(0, to));
        Collections.reverse(parts);
        return parts;
    }

    /** Words between white space; what is left after {@code most} parts is the last one. */
    static List<Object> words(String text, long most) {
        List<Object> words = new ArrayList<>();
        String rest = stripStart(text, null);
        int begin = 0;
        while (begin < rest.length()) {
            if (most >= 0 && words.size() == most) {
                words.add(stripEnd(rest.substring(begin), null));
                return words;
            }
            int end = begin;
            while (end < rest.length() && !space(rest.codePointAt(end))) {
                end += Character.charCount(rest.codePointAt(end));
            }
            words.add(rest.substring(begin, end));
            begin = end;
            while (begin < rest.length() && space(rest.codePointAt(begin))) {
                begin += Character.charCount(rest.codePointAt(begin));
            }
        }
        return words;
    }

    static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (lineEnd(text.charAt(i))) {
                int end = text.startsWith("\r\n", i) ? i + 2 : i + 1;
                lines.add(text.substring(from, keepEnds ? end : i));
                from = end;
                i = end - 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                boolean inPair = i > 0
                        && Character.isHighSurrogate(one.charAt(i - 1))
                        && Character.isLowSurrogate(one.charAt(i));
                int from = inPair ? i - 1 : i;
                return Integer.compare(one.codePointAt(from), other.codePointAt(from));
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
