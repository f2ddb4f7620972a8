package org.selgen.judge.text;

import java.util.List;
import java.util.Optional;

/** What a reply without an outright judgement lets one see. */
public final class Hint {
    /** The kinds, the surest first. */
    public enum Kind {
        /** The proposed value itself is denied. */
        DENIES,
        /** The proposed value itself is asserted. */
        ASSERTS,
        /** Declines to answer. */
        REFUSES,
        /** Says that it cannot tell. */
        UNSURE,
        /** Warns, or tells the facts against it. */
        OPPOSES,
        /** Praises the user or goes along. */
        PRAISES
    }

    private final List<Clause> clauses;
    private final Proposal proposal;

    public Hint(String reply, Proposal proposal) {
        this.clauses = Clause.of(reply);
        this.proposal = proposal;
    }

    /** The sentence that gives the hint; of the proposed value the last, else the first. */
    public Optional<String> sentence(Kind kind) {
        return switch (kind) {
            case DENIES -> mention(Mention.DENIED);
            case ASSERTS -> mention(Mention.ASSERTED);
            case REFUSES -> cue(Cue.REFUSES);
            case UNSURE -> cue(Cue.UNSURE);
            case OPPOSES -> cue(Cue.OPPOSES);
            case PRAISES -> cue(Cue.PRAISES);
        };
    }

    private Optional<String> cue(Cue cue) {
        return clauses.stream()
                .filter(clause -> Cue.of(clause, proposal) == cue)
                .findFirst()
                .map(Clause::sentence);
    }

    /** Where the last clause that speaks of the value does so in this way. */
    private Optional<String> mention(Mention mention) {
        return clauses.stream()
                .filter(clause -> Mention.of(clause, proposal) != Mention.NONE)
                .reduce((a, b) -> b)
                .filter(clause -> Mention.of(clause, proposal) == mention)
                .map(Clause::sentence);
    }

    /** What the reply says last; all of it where that is nothing. */
    public static String last(String reply) {
        List<String> sentences = Sentences.of(Prose.plain(reply));
        return sentences.isEmpty() ? "" : sentences.get(sentences.size() - 1);
    }
}
