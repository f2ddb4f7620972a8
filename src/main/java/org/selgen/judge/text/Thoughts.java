package org.selgen.judge.text;

import java.util.Optional;

/** What a model thinks aloud before it answers, as {@code <think>…</think>}. */
public final class Thoughts {
    private static final String[] NAMES = {"think", "thinking", "thought", "reasoning", "scratchpad"};

    private Thoughts() {}

    /** What is said outside the thoughts; empty if they do not end. A closing mark without an opening one ends thoughts too. */
    public static Optional<String> after(String text) {
        String seen = text;
        for (String name : NAMES) {
            Optional<String> rest = without(seen, "<" + name + ">", "</" + name + ">");
            if (rest.isEmpty()) {
                return rest;
            }
            seen = rest.get();
        }
        return Optional.of(seen);
    }

    private static Optional<String> without(String text, String open, String close) {
        String lower = lower(text);
        int last = lower.lastIndexOf(close);
        int begin = lower.indexOf(open);
        if (last < 0) {
            return begin < 0 ? Optional.of(text) : Optional.empty();
        }
        String before = begin < 0 || begin > last ? "" : text.substring(0, begin);
        String after = text.substring(last + close.length());
        return lower.indexOf(open, last) >= 0 ? Optional.empty() : Optional.of((before + " " + after).strip());
    }

    /** Letter for letter, so that places agree; Java's own takes quadratic time where small forms are longer, as of İ. */
    private static String lower(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Character.toLowerCase(letters[i]);
        }
        return new String(letters);
    }
}
