package org.selgen.judge.text;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the LaTeX that models write into plain text; a boxed value becomes {@code [[value]]}, a fraction {@code 3/4}. Braces
 * are followed over {@value #FARTHEST} characters, so the time is linear.
 */
final class LatexText {
    private static final int FARTHEST = 400;
    private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)\\s{0,4}\\{");
    private static final Pattern BARE_BOX = Pattern.compile("\\\\boxed\\s{0,4}(-?\\d{1,20})");
    private static final Pattern WRAPPER = Pattern.compile(
            "\\\\(?:text(?:bf|it|rm|tt)?|math(?:rm|bf|it|sf|tt)|operatorname|underline|emph|bm|mbox)\\*?\\s{0,4}\\{([^{}]{0,300})\\}");
    private static final String PART = "\\s{0,4}(?:\\{\\s{0,4}([^{}]{1,60})\\}|(\\d))";
    private static final Pattern FRACTION = Pattern.compile("\\\\[dtc]?frac" + PART + PART);
    private static final Pattern WHOLE = Pattern.compile("(?<=\\d)(?=\\\\[dtc]?frac)"); // 4\frac14 is 4 1/4
    private static final Pattern PMOD = Pattern.compile("\\\\pmod\\s{0,4}\\{?\\s{0,4}(\\w{1,20})\\s{0,4}\\}?");
    private static final Pattern POWER = Pattern.compile("\\^\\{\\s{0,4}(-?\\w{1,20})\\s{0,4}\\}");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\\\(?:begin|end)\\{[a-z]{1,20}\\*?\\}");
    private static final List<Map.Entry<String, String>> SYMBOLS = List.of(
            Map.entry("\\equiv", " \u2261 "),
            Map.entry("\\times", " \u00d7 "),
            Map.entry("\\cdot", " \u00d7 "),
            Map.entry("\\div", " / "),
            Map.entry("\\bmod", " mod "),
            Map.entry("\\mod", " mod "),
            Map.entry("\\gcd", " gcd "),
            Map.entry("\\neq", " is not "),
            Map.entry("\\ne ", " is not "),
            Map.entry("\\approx", " = "),
            Map.entry("\\rightarrow", " = "),
            Map.entry("\\implies", " so "),
            Map.entry("\\therefore", " therefore "),
            Map.entry("\\quad", " "),
            Map.entry("\\left", ""),
            Map.entry("\\right", ""),
            Map.entry("\\,", ""),
            Map.entry("\\;", " "),
            Map.entry("\\!", ""),
            Map.entry("\\ ", " "),
            Map.entry("\\\\", "\n"),
            Map.entry("{,}", ","),
            Map.entry("\\(", " "),
            Map.entry("\\)", " "),
            Map.entry("\\[", " "),
            Map.entry("\\]", " "),
            Map.entry("\\%", "%"),
            Map.entry("\\$", ""),
            Map.entry("$", ""));

    private LatexText() {}

    static String plain(String text) {
        if (text.indexOf('\\') < 0 && text.indexOf('$') < 0) {
            return text;
        }
        String seen = unwrapped(unwrapped(text));
        seen = FRACTION.matcher(WHOLE.matcher(seen).replaceAll(" "))
                .replaceAll(match -> Matcher.quoteReplacement(part(match, 1) + "/" + part(match, 3)));
        seen = POWER.matcher(PMOD.matcher(seen).replaceAll("(mod $1)")).replaceAll("^$1");
        seen = BARE_BOX.matcher(boxes(ENVIRONMENT.matcher(seen).replaceAll(" ")))
                .replaceAll("[[$1]]");
        for (Map.Entry<String, String> symbol : SYMBOLS) {
            seen = seen.replace(symbol.getKey(), symbol.getValue());
        }
        return seen;
    }

    private static String unwrapped(String text) {
        return WRAPPER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
    }

    private static String part(java.util.regex.MatchResult match, int group) {
        return match.group(group) == null
                ? match.group(group + 1)
                : match.group(group).strip();
    }

    private static String boxes(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Matcher box = BOX.matcher(text);
        int from = 0;
        while (box.find(from)) {
            int close = closing(text, box.end());
            if (close < 0) {
                plain.append(text, from, box.end());
                from = box.end();
            } else {
                plain.append(text, from, box.start())
                        .append("[[")
                        .append(text.substring(box.end(), close).strip())
                        .append("]]");
                from = close + 1;
            }
        }
        return plain.append(text, from, text.length()).toString();
    }

    /** Where the brace closes that was opened before {@code from}; -1 if it does not near by. */
    private static int closing(String text, int from) {
        int depth = 1;
        for (int i = from; i < Math.min(text.length(), from + FARTHEST); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
