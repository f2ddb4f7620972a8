package org.selgen.score;

import java.io.Serializable;
import org.selgen.data.Interval;

/**
 * The range of a figure, and how many all-or-nothing groups an interval reckons with beside those that were seen, so that it
 * does not shrink to a point where all answers are equal ({@link ClusteredMean}).
 *
 * @param low least value there can be
 * @param high greatest value there can be
 * @param alone half as many where all parts share their groups; the rest of the arithmetic is on [0, 1]
 * @param together half as many, over all of them, where there are parts that share no groups
 */
record Scale(double low, double high, double alone, double together) implements Serializable {
    /** A share, or a mean of points divided by 100. */
    static final Scale SHARE = new Scale(0, 1, 0.25, 2);

    /** A difference of two shares: equal answers everywhere do not show that there is none. */
    static final Scale CONTRAST = new Scale(-1, 1, 1, 1);

    /** That of a difference of two figures of this scale. */
    Scale difference() {
        return new Scale(low - high, high - low, CONTRAST.alone, CONTRAST.together);
    }

    /** Half the groups to reckon with beside those of one of so many components. */
    double padding(int components) {
        return components == 1 ? alone : together / components;
    }

    /** The figure whose place between least and greatest value is this. */
    double value(double place) {
        return low + (high - low) * place;
    }

    Interval interval(Interval places) {
        return new Interval(value(places.low()), value(places.high()));
    }
}
