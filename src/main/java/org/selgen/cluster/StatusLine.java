package org.selgen.cluster;

import java.io.PrintWriter;
import java.util.function.IntSupplier;

/**
 * The line below all others on a terminal, which is drawn again in its place. It is cut to the terminal's width as it is at
 * that moment. The cursor waits at its beginning: so whatever a narrower terminal makes of an older line lies behind the cursor,
 * and is cleared with it.
 */
final class StatusLine {
    private static final String CLEAR = "\r\033[J";

    private final PrintWriter out;
    private final IntSupplier columns;

    /** @param columns how wide the terminal is now */
    StatusLine(PrintWriter out, IntSupplier columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Draws it in place of the last one. */
    void draw(String text) {
        out.print(CLEAR + cut(text, columns.getAsInt() - 1) + "\r"); // in the last column a terminal may break the line
        out.flush();
    }

    /** A line above it, to stay. */
    void say(String line) {
        out.println(CLEAR + line);
        out.flush();
    }

    private static String cut(String text, int width) {
        if (text.codePointCount(0, text.length()) <= width) {
            return text;
        }
        return width < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }
}
