package org.selgen.judge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cuts a plain text into sentences, ends kept, in one pass. Decimals and abbreviations as D.C. do not end one; numbers of a
 * list are left out; a label that stands alone ({@code Answer:}) goes with what follows. No sentence is longer than
 * {@value #LONGEST} characters, so whatever reads sentences one by one takes linear time.
 */
final class Sentences {
    static final int LONGEST = 600;

    private static final int WISH = 400;
    private static final Set<String> ABBREVIATIONS =
            Set.of("st", "dr", "mr", "mrs", "ms", "mt", "prof", "vs", "approx", "fig", "eq", "resp", "cf");
    private static final Pattern LABEL = Pattern.compile(
            "(?i)(?:the |my )?(?:final |short |correct )?(?:answer|result|solution|verdict|conclusion)(?: is)?\\s?:?");
    private static final Pattern FIRST = Pattern.compile("(?m)^[ \\t]{0,8}1[.)][ \\t]");
    private static final Pattern SECOND = Pattern.compile("(?m)^[ \\t]{0,8}2[.)][ \\t]");
    private static final Pattern ITEM = Pattern.compile("^[ \\t]{0,8}\\d{1,2}[.)][ \\t]+(?=\\S)");

    private final String text;
    private final boolean list;
    private final List<String> found = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private boolean lineStarts = true;
    private int dropped = -2; // where the last dot of initials was

    private Sentences(String text) {
        this.text = text;
        this.list = FIRST.matcher(text).find() && SECOND.matcher(text).find();
    }

    static List<String> of(String plain) {
        Sentences sentences = new Sentences(plain);
        sentences.cut();
        return List.copyOf(sentences.found);
    }

    private void cut() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                end();
                lineStarts = true;
            } else if (c == '.') {
                i = dot(i);
            } else {
                open.append(c);
                if (c == '!'
                        || c == '?'
                        || (c == ';' && !goesOn(i + 1))
                        || (c == ' ' && open.length() > WISH)
                        || open.length() >= LONGEST) {
                    i = closing(i);
                    end();
                }
            }
        }
        end();
    }

    private boolean goesOn(int at) {
        return at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    /** Takes more ends and closing quotes along. */
    private int closing(int at) {
        int i = at;
        while (i + 1 < text.length() && open.length() < LONGEST && "!?\"')]".indexOf(text.charAt(i + 1)) >= 0) {
            open.append(text.charAt(++i));
        }
        return i;
    }

    private int dot(int at) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
        int word = wordBefore();
        boolean row = dropped == at - 2 && word > 1; // D.C: initials in a row
        boolean first = word == 1 && Character.isLetter(open.charAt(open.length() - 1)) && Character.isLetter(next);
        if (first || (row && (Character.isLetter(next) || (next == ' ' && !capital(at + 2))))) {
            dropped = at;
            return at;
        }
        String before = open.substring(open.length() - word).toLowerCase(Locale.ROOT);
        open.append('.');
        if (Character.isDigit(next) || (next == ' ' && ABBREVIATIONS.contains(before)) || item(next)) {
            return at;
        }
        int last = closing(at);
        end();
        return last;
    }

    private boolean capital(int at) {
        return at >= text.length() || Character.isUpperCase(text.charAt(at));
    }

    /** Whether the dot ends the number of a list's line. */
    private boolean item(char next) {
        return list && lineStarts && next == ' ' && open.toString().strip().matches("\\d{1,2}\\.");
    }

    private int wordBefore() {
        int length = 0;
        while (length < 8
                && length < open.length()
                && Character.isLetterOrDigit(open.charAt(open.length() - 1 - length))) {
            length++;
        }
        return length;
    }

    private void end() {
        String sentence = open.toString().strip();
        open.setLength(0);
        if (list && lineStarts) {
            sentence = ITEM.matcher(sentence).replaceFirst("");
        }
        lineStarts = false;
        if (sentence.chars().noneMatch(Character::isLetterOrDigit)) {
            return;
        }
        int last = found.size() - 1;
        if (last >= 0 && LABEL.matcher(found.get(last)).matches()) {
            found.set(last, found.get(last).replaceAll("\\s?:$", "") + ": " + sentence);
        } else {
            found.add(sentence);
        }
    }

    /** The text with initials in a row put together: D.C. is DC. */
    static String initials(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean initial = c == '.'
                    && i > 0
                    && Character.isLetter(text.charAt(i - 1))
                    && (i == 1 || !Character.isLetterOrDigit(text.charAt(i - 2)));
            if (!initial) {
                joined.append(c);
            }
        }
        return joined.toString();
    }
}
