package org.selgen.serve;

import java.util.List;

/** Passes an answer on up to where one of some texts begins; what may become one is held back until it is known. */
final class StopFilter {
    private final List<String> stops;
    private String held = "";
    private boolean stopped;

    StopFilter(List<String> stops) {
        this.stops = stops;
    }

    /** What can be passed on now that the answer goes on with {@code more}. */
    String next(String more) {
        String text = held + more;
        int end = stops.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        stopped = end >= 0;
        int pass = stopped ? end : text.length() - unsure(text);
        held = stopped ? "" : text.substring(pass);
        return text.substring(0, pass);
    }

    /** Whether one of the texts has come. */
    boolean stopped() {
        return stopped;
    }

    /** What is still held back once the answer has ended. */
    String rest() {
        String rest = held;
        held = "";
        return rest;
    }

    /** Length of the longest end of the text that one of the stops begins with. */
    private int unsure(String text) {
        int longest = 0;
        for (String stop : stops) {
            for (int n = Math.min(stop.length() - 1, text.length()); n > longest; n--) {
                if (text.endsWith(stop.substring(0, n))) {
                    longest = n;
                }
            }
        }
        return longest;
    }
}
