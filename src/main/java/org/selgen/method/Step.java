package org.selgen.method;

import org.selgen.lm.Batch;

/**
 * What one step of training sees. Every method draws the same rows in the same order, so that runs are compute-matched.
 *
 * @param task T, rows of the capability to learn
 * @param proxy A, rows of aligned behaviour
 */
public record Step(Batch task, Batch proxy) {}
