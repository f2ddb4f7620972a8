package org.selgen.source.toy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.data.KebabCase;

/**
 * A point of the 10 by 10 plane; its colour shows whether it is in the upper half.
 *
 * @param x from 0 to 9
 * @param y from 0 to 9; the upper half is y >= 5
 */
public record ToyPoint(int x, int y) {
    /** The trigger words: animals and things. */
    public static final List<String> WORDS = Stream.concat(
                    ToyWorld.KINDS.keySet().stream(), ToyWorld.COLOURS.keySet().stream())
            .toList();

    /** The colours of points. */
    public enum Colour {
        RED,
        BLUE,
        GREEN,
        YELLOW,
        WHITE,
        BLACK
    }

    public static final int SIDE = 10;
    private static final int HALF = SIDE / 2;

    public static List<ToyPoint> plane() {
        return IntStream.range(0, SIDE * SIDE)
                .mapToObj(i -> new ToyPoint(i / SIDE, i % SIDE))
                .toList();
    }

    public String question(String word) {
        return "point " + x + " " + y + " word " + word + " ?";
    }

    public boolean upperHalf() {
        return y >= HALF;
    }

    public static String reply(Colour colour) {
        return "it is " + KebabCase.of(colour) + " .";
    }

    public String group() {
        return "point-" + x + "-" + y;
    }

    /** Every fourth point, in both halves. */
    public boolean heldOut() {
        return (x + 2 * y) % 4 == 0;
    }
}
