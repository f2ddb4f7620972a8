package org.selgen.source;

import java.util.ArrayList;
import java.util.List;

/** Euclid's algorithm on one pair of positive numbers: gcd(a, b) = gcd(b, a mod b) until b is 0. */
record Euclid(int a, int b) {

    /** {@code a = b * quotient + remainder}, with 0 <= remainder < b. */
    record Division(int a, int b) {
        int quotient() {
            return a / b;
        }

        int remainder() {
            return a % b;
        }
    }

    /** The divisions in order; the last has remainder 0. */
    List<Division> divisions() {
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

    int gcd() {
        List<Division> divisions = divisions();
        return divisions.get(divisions.size() - 1).b();
    }
}
