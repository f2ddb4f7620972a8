package org.selgen.data;

/**
 * What the user gave cannot be used: a wrong key, a missing file, a damaged row. Its message names the thing, its value,
 * the bound and the mend; the command line prints it as one line and exits with 2.
 *
 * <p>A value may come out of a stranger's file. So the message is one line of at most 2000 characters without control
 * characters, whatever was given: a longer one loses its middle.
 */
public class BadInput extends RuntimeException {
    private static final int LONGEST = 2000;
    private static final int KEPT = LONGEST / 2 - 10;

    public BadInput(String message) {
        super(line(message));
    }

    public BadInput(String message, Throwable cause) {
        super(line(message), cause);
    }

    private static String line(String message) {
        String whole = message.length() <= LONGEST
                ? message
                : message.substring(0, KEPT) + " ... " + message.substring(message.length() - KEPT);
        StringBuilder line = new StringBuilder(whole.length());
        whole.codePoints().forEach(c -> line.appendCodePoint(printed(c) ? c : ' '));
        return line.toString();
    }

    /** Neither moves a terminal's cursor nor turns the direction of the text. */
    private static boolean printed(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
