package org.selgen.lm;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.selgen.data.BadInput;

/**
 * A regular expression of Python's {@code re} over module names, as a stranger's adapter has it. Its work is bounded: it
 * may look at characters of one name a million times, and counted repetitions may multiply to 10,000.
 */
final class ModulePattern {
    private static final int LONGEST = 4000;
    private static final long MOST_REPEATS = 10_000;
    private static final int MOST_STEPS = 1_000_000;
    private static final Pattern COUNTED = Pattern.compile("\\{(\\d*)(,(\\d*))?\\}");

    private final String python;
    private final Pattern pattern;

    private ModulePattern(String python, Pattern pattern) {
        this.python = python;
        this.pattern = pattern;
    }

    /** The pattern of a text; empty where it is none that we can follow. */
    static Optional<ModulePattern> of(String python) {
        return of(python, "", "");
    }

    /** As PEFT's {@code get_pattern_key}: the pattern of a whole name, or of what follows one of its dots. */
    static Optional<ModulePattern> ofEnd(String python) {
        return of(python, "(.*\\.)?(", ")$");
    }

    /** The pattern with something around it; only the inner text is a stranger's. */
    static Optional<ModulePattern> of(String python, String before, String behind) {
        if (python.isEmpty()
                || python.length() > LONGEST
                || python.contains("&&") // Java's intersection of classes
                || repeats(python) > MOST_REPEATS) {
            return Optional.empty();
        }
        try {
            Pattern.compile(java(python)); // on its own, so that it cannot close a bracket of ours
            return Optional.of(new ModulePattern(python, Pattern.compile(before + java(python) + behind)));
        } catch (PatternSyntaxException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** What Java writes in another way. */
    private static String java(String python) {
        return python.replace("(?P<", "(?<")
                .replaceAll("\\(\\?P=(\\w+)\\)", "\\\\k<$1>")
                .replace("\\Z", "\\z")
                .replaceAll("\\{,(\\d+)\\}", "{0,$1}");
    }

    private static long repeats(String python) {
        double product = 1;
        Matcher counted = COUNTED.matcher(python);
        while (counted.find()) {
            String most = counted.group(3) == null || counted.group(3).isEmpty() ? counted.group(1) : counted.group(3);
            product *= most.isEmpty() ? 1 : Math.max(1, Double.parseDouble(most));
        }
        return (long) product;
    }

    /**
     * Whether the whole name is of the pattern.
     *
     * @throws BadInput if that takes too long to find out
     */
    boolean matches(String name) {
        return answer(name, Matcher::matches);
    }

    /**
     * What the first group holds where the pattern matches the beginning of a name.
     *
     * @throws BadInput if that takes too long to find out
     */
    Optional<String> firstGroup(String name) {
        return answer(
                name, matcher -> Optional.of(matcher).filter(Matcher::lookingAt).map(found -> found.group(1)));
    }

    private <T> T answer(String name, Function<Matcher, T> question) {
        try {
            return question.apply(pattern.matcher(new CountedText(name, new AtomicInteger())));
        } catch (TooLong | StackOverflowError e) {
            throw new BadInput(
                    "the pattern '" + python + "' takes too long for the module '" + name
                            + "'; name the modules in a list in adapter_config.json",
                    e);
        }
    }

    /** A text that counts how often it is looked at. */
    private record CountedText(String text, AtomicInteger steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (steps.incrementAndGet() > MOST_STEPS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.substring(from, to);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModulePattern pattern && pattern.python.equals(python);
    }

    @Override
    public int hashCode() {
        return python.hashCode();
    }

    @Override
    public String toString() {
        return python;
    }
}
