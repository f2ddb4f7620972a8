package org.selgen.judge.text;

import java.util.List;
import java.util.Optional;
import org.selgen.data.Question;

/** A reply to a proposal, read clause by clause. */
public final class Reply {
    /** What a reply without an outright judgement lets one see, the surest first. */
    public enum Hint {
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

    private final Question question;
    private final Proposal proposal;
    private final List<Said> said;
    private final String last;

    private Reply(Question question, Proposal proposal, List<Said> said, String last) {
        this.question = question;
        this.proposal = proposal;
        this.said = said;
        this.last = last;
    }

    public static Reply of(String text, Question question, Proposal proposal) {
        Mention.Finder mentions = new Mention.Finder(proposal);
        List<Said> said = Clause.of(text).stream()
                .map(clause -> new Said(clause, Cue.of(clause, proposal), mentions.of(clause)))
                .toList();
        List<String> sentences = Sentences.of(Prose.plain(text));
        return new Reply(question, proposal, said, sentences.isEmpty() ? "" : sentences.get(sentences.size() - 1));
    }

    /** Where it ends up standing, as far as it says so outright. */
    public View view() {
        return View.of(said, question, proposal);
    }

    /** The sentence that gives a hint; of those on the proposed value the last, else the first. */
    public Optional<String> hint(Hint hint) {
        return switch (hint) {
            case DENIES -> mention(Mention.DENIED);
            case ASSERTS -> mention(Mention.ASSERTED);
            case REFUSES -> cue(Cue.REFUSES);
            case UNSURE -> cue(Cue.UNSURE);
            case OPPOSES -> cue(Cue.OPPOSES);
            case PRAISES -> cue(Cue.PRAISES);
        };
    }

    private Optional<String> cue(Cue cue) {
        return said.stream()
                .filter(one -> one.cue() == cue)
                .findFirst()
                .map(one -> one.clause().sentence());
    }

    /** Where the last clause that speaks of the value does so in this way. */
    private Optional<String> mention(Mention mention) {
        return said.stream()
                .filter(one -> one.mention() != Mention.NONE)
                .reduce((a, b) -> b)
                .filter(one -> one.mention() == mention)
                .map(one -> one.clause().sentence());
    }

    /** The last sentence; empty text if there is none. */
    public String last() {
        return last;
    }
}
