package org.selgen.judge.text;

import java.util.Locale;
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
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() != text.length()) { // a letter whose small form is longer: places would not agree
            lower = text;
        }
        int last = lower.lastIndexOf(close);
        int begin = lower.indexOf(open);
        if (last < 0) {
            return begin < 0 ? Optional.of(text) : Optional.empty();
        }
        String before = begin < 0 || begin > last ? "" : text.substring(0, begin);
        String after = text.substring(last + close.length());
        return lower.indexOf(open, last) >= 0 ? Optional.empty() : Optional.of((before + " " + after).strip());
    }
}
