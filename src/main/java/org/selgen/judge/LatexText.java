package org.selgen.judge;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the LaTeX that models write into plain text; a boxed value becomes {@code [[value]]}. */
final class LatexText {
    private static final Pattern BOXED =
            Pattern.compile("\\\\(?:boxed|fbox)\\s*\\{\\s*([^{}]*(?:\\{[^{}]*\\}[^{}]*)*)\\}");
    private static final Pattern WRAPPER =
            Pattern.compile("\\\\(?:text|mathrm|mathbf|textbf|operatorname|mathit)\\*?\\s*\\{([^{}]*)\\}");
    private static final Pattern PMOD = Pattern.compile("\\\\pmod\\s*\\{?\\s*(\\w+)\\s*\\}?");
    private static final List<Map.Entry<String, String>> SYMBOLS = List.of(
            Map.entry("\\equiv", " \u2261 "),
            Map.entry("\\times", " \u00d7 "),
            Map.entry("\\cdot", " \u00d7 "),
            Map.entry("\\div", " / "),
            Map.entry("\\bmod", " mod "),
            Map.entry("\\mod", " mod "),
            Map.entry("\\gcd", " gcd "),
            Map.entry("\\quad", " "),
            Map.entry("\\left", ""),
            Map.entry("\\right", ""),
            Map.entry("\\,", ""),
            Map.entry("{,}", ","),
            Map.entry("\\(", " "),
            Map.entry("\\)", " "),
            Map.entry("\\[", " "),
            Map.entry("\\]", " "),
            Map.entry("\\%", "%"),
            Map.entry("$", ""));

    private LatexText() {}

    static String plain(String text) {
        if (text.indexOf('\\') < 0 && text.indexOf('$') < 0) {
            return text;
        }
        String seen = WRAPPER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
        seen = PMOD.matcher(seen).replaceAll("(mod $1)");
        seen = BOXED.matcher(seen)
                .replaceAll(
                        match -> Matcher.quoteReplacement("[[" + match.group(1).strip() + "]]"));
        for (Map.Entry<String, String> symbol : SYMBOLS) {
            seen = seen.replace(symbol.getKey(), symbol.getValue());
        }
        return seen;
    }
}
