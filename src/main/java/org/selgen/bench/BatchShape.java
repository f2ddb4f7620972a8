package org.selgen.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selgen.data.BadInput;

/** Rows of a training step, and tokens of each. */
public record BatchShape(int rows, int tokens) {
    private static final Pattern WRITTEN = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,5})");

    /** The shape that a text as {@code 16x64} says. */
    public static BatchShape parse(String text) {
        Matcher match = WRITTEN.matcher(text);
        if (!match.matches()) {
            throw new BadInput("--shape is '" + text + "' but must be ROWSxTOKENS, as 16x64");
        }
        return new BatchShape(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
    }
}
