package org.selgen.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns of this process' terminal. Asked for anew every second, since a person may resize it. */
final class TerminalWidth implements IntSupplier {
    private static final int USUAL = 80;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Pattern SIZE = Pattern.compile("[0-9]+ ([1-9][0-9]{0,4})\\s*");

    private int columns = USUAL;
    private long asked = System.nanoTime() - NANOS;

    @Override
    public int getAsInt() {
        if (System.nanoTime() - asked >= NANOS) {
            asked = System.nanoTime();
            columns = ask();
        }
        return columns;
    }

    /** By the tool of that name, since Java itself cannot. */
    private static int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Matcher size = SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            return size.matches() ? Integer.parseInt(size.group(1)) : USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }
}
