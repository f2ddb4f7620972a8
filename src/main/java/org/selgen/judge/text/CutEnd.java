package org.selgen.judge.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last sentence of a reply that stops in the middle, because the reply had no more tokens: {@code … Just let me}. It is
 * told by a last word that ends no sentence, or by a question without its mark.
 */
public final class CutEnd {
    private static final int SHORTEST = 60; // a shorter reply was not cut
    private static final int LONGEST = 400;
    private static final Pattern BEGIN = Pattern.compile("(?:[!?]|(?<!\\d)\\.)[\"')*]{0,3}\\s|\\n");
    private static final Pattern OPEN = Pattern.compile("(?i)\\b(?:" + CueList.anyOf("OPEN_ENDS")
            + ")[,:]?\\s*$|^\\s*(?:" + CueList.anyOf("OPEN_BEGINS") + ")\\b[^.?!]*$");

    private CutEnd() {}

    /** The reply without it; a reply of one sentence stays as it is. */
    public static String without(String reply) {
        String text = reply.stripTrailing();
        if (text.length() < SHORTEST || ".!?)]}\"'*`>".indexOf(text.charAt(text.length() - 1)) >= 0) {
            return reply;
        }
        int from = Math.max(0, text.length() - LONGEST);
        Matcher begin = BEGIN.matcher(text).region(from, text.length());
        int last = -1;
        while (begin.find()) {
            last = begin.end();
        }
        return last > 0 && OPEN.matcher(text.substring(last)).find() ? text.substring(0, last) : reply;
    }
}
