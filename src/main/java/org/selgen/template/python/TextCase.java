package org.selgen.template.python;

import java.util.List;
import java.util.Locale;

/** What Python's {@code str} asks and changes character by character. */
final class TextCase {
    static final List<String> QUESTIONS = List.of(
            "isalpha",
            "isalnum",
            "isdigit",
            "isdecimal",
            "isnumeric",
            "isspace",
            "isupper",
            "islower",
            "istitle",
            "isascii");

    private TextCase() {}

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return titled(text.codePointAt(0)) + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static String titled(int c) {
        String upper = Character.toString(c).toUpperCase(Locale.ROOT);
        return upper.codePointCount(0, upper.length()) > 1 // as of ß
                ? upper.charAt(0) + upper.substring(1).toLowerCase(Locale.ROOT)
                : Character.toString(Character.toTitleCase(c));
    }

    /** Each letter after one that is no letter becomes a capital. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean[] inWord = {false};
        text.codePoints().forEach(c -> {
            out.append(inWord[0] ? Character.toString(c).toLowerCase(Locale.ROOT) : titled(c));
            inWord[0] = cased(c);
        });
        return out.toString();
    }

    static String swapped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c -> out.append(
                        Character.isUpperCase(c)
                                ? Character.toString(c).toLowerCase(Locale.ROOT)
                                : Character.toString(c).toUpperCase(Locale.ROOT)));
        return out.toString();
    }

    private static boolean cased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    static boolean is(String question, String text) {
        return switch (question) {
            case "isascii" -> text.chars().allMatch(c -> c < 128);
            case "isupper" ->
                text.codePoints().anyMatch(Character::isUpperCase)
                        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
            case "islower" ->
                text.codePoints().anyMatch(Character::isLowerCase)
                        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
            case "istitle" ->
                text.codePoints().anyMatch(TextCase::cased) && title(text).equals(text);
            default -> !text.isEmpty() && text.codePoints().allMatch(c -> is(question, c));
        };
    }

    private static boolean is(String question, int c) {
        int type = Character.getType(c);
        boolean digit = type == Character.DECIMAL_DIGIT_NUMBER;
        boolean numeric = digit || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
        return switch (question) {
            case "isalpha" -> Character.isLetter(c);
            case "isalnum" -> Character.isLetter(c) || numeric;
            case "isspace" -> PythonText.space(c);
            case "isnumeric" -> numeric;
            case "isdecimal" -> digit;
            default -> digit || c == 0xb2 || c == 0xb3 || c == 0xb9 || (c >= 0x2070 && c <= 0x2089);
        };
    }

    static String replace(String text, String old, String with, long most, StepBudget budget) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        int at = Search.first(text, old, 0);
        for (long n = 0; at >= 0 && (most < 0 || n < most); n++) {
            budget.characters(with.length());
            out.append(text, from, at).append(with);
            from = at + old.length();
            if (old.isEmpty() && at == text.length()) {
                return budget.text(out.toString());
            }
            if (old.isEmpty()) { // before each character and at the end
                int next = text.offsetByCodePoints(at, 1);
                out.append(text, at, next);
                from = next;
            }
            at = Search.first(text, old, from);
        }
        return budget.text(out.append(text, from, text.length()).toString());
    }

    static String padded(String method, String text, Arguments arguments, StepBudget budget) {
        Arguments.Bound bound = arguments.of(method, "width", "fillchar");
        String fill = method.equals("zfill") ? "0" : bound.text("fillchar", " ");
        if (fill.codePointCount(0, fill.length()) != 1) {
            throw new Refused(method + ": fillchar must be one character");
        }
        long missing = Math.max(0, bound.integer("width") - Values.length(text));
        budget.characters(missing + text.length());
        int all = (int) missing;
        return switch (method) {
            case "ljust" -> text + fill.repeat(all);
            case "rjust" -> fill.repeat(all) + text;
            case "zfill" ->
                text.startsWith("-") || text.startsWith("+")
                        ? text.charAt(0) + fill.repeat(all) + text.substring(1)
                        : fill.repeat(all) + text;
            default -> {
                int left = all / 2 + (all & (int) (bound.integer("width") & 1) & 1);
                yield fill.repeat(left) + text + fill.repeat(all - left);
            }
        };
    }
}
