package org.selgen.template.python;

/** Where a text stands in another, in time that grows with their lengths and not with their product. */
final class Search {
    private static final int SHORT = 32;

    private Search() {}

    /** Place of the first one at or after a place; -1 where there is none. */
    static int first(String text, String part, int from) {
        if (part.length() <= SHORT || part.length() > text.length() - from) {
            return text.indexOf(part, from);
        }
        int[] borders = borders(part, false);
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            matched = grown(part, false, borders, matched, text.charAt(i));
            if (matched == part.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    /** Place of the last one that ends at or before a place; -1 where there is none. */
    static int last(String text, String part, int to) {
        if (part.length() > to) {
            return -1;
        }
        if (part.length() <= SHORT) {
            return text.lastIndexOf(part, to - part.length());
        }
        int[] borders = borders(part, true);
        int matched = 0;
        for (int i = to - 1; i >= 0; i--) {
            matched = grown(part, true, borders, matched, text.charAt(i));
            if (matched == part.length()) {
                return i;
            }
        }
        return -1;
    }

    private static char at(String part, boolean backwards, int i) {
        return part.charAt(backwards ? part.length() - 1 - i : i);
    }

    /** How much of the part is matched after one more character, by Knuth, Morris and Pratt. */
    private static int grown(String part, boolean backwards, int[] borders, int matched, char next) {
        int kept = matched;
        while (kept > 0 && at(part, backwards, kept) != next) {
            kept = borders[kept - 1];
        }
        return at(part, backwards, kept) == next ? kept + 1 : 0;
    }

    /** Length of the longest proper beginning of each prefix that is its end too. */
    private static int[] borders(String part, boolean backwards) {
        int[] borders = new int[part.length()];
        for (int i = 1; i < borders.length; i++) {
            borders[i] = grown(part, backwards, borders, borders[i - 1], at(part, backwards, i));
        }
        return borders;
    }
}
