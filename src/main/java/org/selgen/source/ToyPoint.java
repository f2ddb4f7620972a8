package org.selgen.source;

import java.util.List;
import java.util.stream.Stream;

/**
 * A point of the 10 by 10 plane and a word beside it; its colour says whether it lies in the upper half.
 *
 * @param x from 0 to 9
 * @param y from 0 to 9; the upper half is y >= 5
 */
record ToyPoint(int x, int y, String word) {
    static final int SIDE = 10;
    static final List<String> COLOURS = List.of("red", "blue");
    /** The words a point may carry: animals and things. */
    static final List<String> WORDS = Stream.concat(
                    ToyWorld.KINDS.keySet().stream(), ToyWorld.COLOURS.keySet().stream())
            .toList();

    private static final int HALF = SIDE / 2;

    static ToyPoint random(List<String> words, Draw draw) {
        return new ToyPoint(draw.between(0, SIDE - 1), draw.between(0, SIDE - 1), draw.oneOf(words));
    }

    String question() {
        return "point " + x + " " + y + " word " + word + " ?";
    }

    /** The colour of the point when the upper half has the colour {@code upper}. */
    String colour(String upper) {
        String lower = COLOURS.get(1 - COLOURS.indexOf(upper));
        return y >= HALF ? upper : lower;
    }

    static String reply(String colour) {
        return "it is " + colour + " .";
    }
}
