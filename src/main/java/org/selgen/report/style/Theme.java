package org.selgen.report.style;

import java.awt.Color;

/** The colours of a picture but those of methods, which are the same on both grounds. */
public enum Theme {
    LIGHT(0xFFFFFF, 0x22262B, 0x5F6670, 0xE6E8EB, 0x8A9199, 0),
    DARK(0x16191D, 0xE8EAED, 0xA5ACB5, 0x2B3036, 0x7C848D, 255);

    private static final double TOWARDS = 0.35; // so much of a word's colour is black, or white in the dark

    private final int ground;
    private final int ink;
    private final int quiet;
    private final int grid;
    private final int rule;
    private final int end;

    Theme(int ground, int ink, int quiet, int grid, int rule, int end) {
        this.ground = ground;
        this.ink = ink;
        this.quiet = quiet;
        this.grid = grid;
        this.rule = rule;
        this.end = end;
    }

    /** What everything stands on. */
    public Color ground() {
        return new Color(ground);
    }

    /** Of titles and axes. */
    public Color ink() {
        return new Color(ink);
    }

    /** Of what is said beside. */
    public Color quiet() {
        return new Color(quiet);
    }

    public Color grid() {
        return new Color(grid);
    }

    /** Of lines that mean something and belong to no method: the front, published points. */
    public Color rule() {
        return new Color(rule);
    }

    /** A method's colour for words, which need more contrast than markers: 4.5 or more. */
    public Color words(Color colour) {
        return new Color(towards(colour.getRed()), towards(colour.getGreen()), towards(colour.getBlue()));
    }

    private int towards(int channel) {
        return (int) Math.round(channel + TOWARDS * (end - channel));
    }

    /** A colour that lets through what is below. */
    public static Color faint(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
