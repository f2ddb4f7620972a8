package org.selgen.judge.text;

import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * A number that a text claims.
 *
 * @param values the number; more than one where it may be read in several ways, as {@code 75%} or {@code 1.234}
 * @param weight how it was said
 * @param sentence the sentence that says it
 */
public record Claim(List<BigFraction> values, ClaimWeight weight, String sentence) {
    /** The number, as it is read first. */
    public BigFraction value() {
        return values.get(0);
    }

    /** Whether it may be read as that number. */
    public boolean is(BigFraction number) {
        return values.contains(number);
    }

    boolean outright() {
        return weight.compareTo(ClaimWeight.EQUATION) < 0;
    }
}
