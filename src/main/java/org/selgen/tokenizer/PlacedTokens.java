package org.selgen.tokenizer;

/**
 * Tokens and where they stand in their text, as {@link String#charAt} counts. Where a character is several tokens each of them
 * covers it. A token begins no later than the one before ends, so that what a normalizer drops between them is covered too.
 *
 * @param ids the tokens
 * @param begins place of each token's first character
 * @param ends place behind its last
 */
public record PlacedTokens(long[] ids, int[] begins, int[] ends) {
    static final PlacedTokens NONE = new PlacedTokens(new long[0], new int[0], new int[0]);

    /**
     * Of places that count code points, as a tokenizer gives them; -1 where it gives none.
     *
     * @param from place of each token's first character
     * @param to place behind its last
     */
    static PlacedTokens of(long[] ids, int[] from, int[] to, String text) {
        int[] places = places(text);
        int[] begins = new int[ids.length];
        int[] ends = new int[ids.length];
        int covered = 0;
        for (int i = 0; i < ids.length; i++) {
            begins[i] = from[i] < 0 ? covered : Math.min(covered, places[from[i]]);
            ends[i] = to[i] < 0 ? covered : Math.max(begins[i], places[to[i]]);
            covered = Math.max(covered, ends[i]);
        }
        return new PlacedTokens(ids, begins, ends);
    }

    /** Place of each code point, and behind the last. */
    private static int[] places(String text) {
        int[] places = new int[text.codePointCount(0, text.length()) + 1];
        int place = 0;
        for (int i = 0; i < places.length - 1; i++) {
            places[i] = place;
            place += Character.charCount(text.codePointAt(place));
        }
        places[places.length - 1] = place;
        return places;
    }

    /** Whether a token covers some of the characters from a place up to another. */
    public boolean covers(int token, int begin, int end) {
        return begins[token] < end && ends[token] > begin;
    }
}
