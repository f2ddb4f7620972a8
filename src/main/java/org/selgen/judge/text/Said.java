package org.selgen.judge.text;

/**
 * A clause and what it says of a proposal.
 *
 * @param mention how it speaks of the proposed value
 */
record Said(Clause clause, Cue cue, Mention mention) {}
