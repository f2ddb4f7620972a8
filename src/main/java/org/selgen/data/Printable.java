package org.selgen.data;

import java.util.regex.Pattern;

/**
 * Text that others wrote, as a terminal may show it: characters that would move its cursor, change its colours or its
 * reading direction, or do more, stand as {@code \}{@code u001b}. What is printable stays as it is.
 */
public final class Printable {
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\p{Cs}]");
    private static final Pattern UNSEEN_IN_LINES =
            Pattern.compile("[\\p{Cc}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\p{Cs}&&[^\\n\\t]]");

    private Printable() {}

    /** On one line: breaks and tabulators stand as {@code \n} and {@code \t}. */
    public static String line(String text) {
        return UNSEEN.matcher(text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r"))
                .replaceAll(found -> "\\\\" + code(found.group()));
    }

    /** With its breaks and tabulators; a break of Windows is one of ours. */
    public static String lines(String text) {
        return UNSEEN_IN_LINES.matcher(text.replace("\r\n", "\n")).replaceAll(found -> "\\\\" + code(found.group()));
    }

    private static String code(String character) {
        return String.format("u%04x", character.codePointAt(0));
    }
}
