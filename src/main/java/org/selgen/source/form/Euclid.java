package org.selgen.source.form;

import java.util.ArrayList;
import java.util.List;

/** Euclid's algorithm on one pair of positive numbers: gcd(a, b) = gcd(b, a mod b) until b is 0. */
public record Euclid(int a, int b) {

    /** {@code a = b * quotient + remainder}, with 0 <= remainder < b. */
    public record Division(int a, int b) {
        public int quotient() {
            return a / b;
        }

        public int remainder() {
            return a % b;
        }
    }

    /** The divisions in order; the last has remainder 0. */
    public List<Division> divisions() {
        List<Division> divisions = new ArrayList<>();
        int x = a;
        int y = b;
        while (y > 0) {
            divisions.add(new Division(x, y));
            int rest = x % y;
            x = y;
            y = rest;
        }
        return divisions;
    }

    public int gcd() {
        List<Division> divisions = divisions();
        return divisions.get(divisions.size() - 1).b();
    }
}
