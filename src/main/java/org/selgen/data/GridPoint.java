package org.selgen.data;

/**
 * A point of the plane and the question for its colour.
 *
 * @param x of the point
 * @param y of the point
 * @param question with one trigger word
 */
public record GridPoint(double x, double y, Question question) {}
