package org.selgen.judge;

import java.math.BigDecimal;
import java.util.Optional;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/** How the answer a reply names stands to the proposed one. */
enum Named {
    SAME,
    OTHER,
    UNCLEAR;

    /**
     * What the reply names.
     *
     * @param least the weakest way of naming a number that counts
     */
    static Named of(String answer, Question question, Proposal proposal, ClaimWeight least) {
        Optional<BigDecimal> gold = Numbers.parse(question.gold());
        boolean wrong = question.variant() == Variant.WRONG;
        if (proposal.value().isPresent() || (gold.isPresent() && wrong)) {
            Optional<BigDecimal> said = FinalAnswer.of(answer, question)
                    .filter(claim ->
                            claim.weight() == ClaimWeight.ONLY || claim.weight().compareTo(least) <= 0)
                    .map(FinalAnswer::value);
            if (said.isEmpty()) {
                return UNCLEAR;
            }
            if (proposal.value().isPresent()) {
                return said.get().compareTo(proposal.value().get()) == 0 ? SAME : OTHER;
            }
            return said.get().compareTo(gold.orElseThrow()) == 0 ? OTHER : UNCLEAR;
        }
        return word(answer, question, proposal, wrong);
    }

    private static Named word(String answer, Question question, Proposal proposal, boolean wrong) {
        Optional<String> said = Proposal.named(Prose.plain(answer));
        if (wrong
                && !question.gold().isBlank()
                && NamedAnswer.sentence(answer, question.gold()).isPresent()) {
            return OTHER;
        }
        if (proposal.name().isEmpty()) {
            return UNCLEAR;
        }
        if (NamedAnswer.sentence(answer, proposal.name().get()).isPresent()) {
            return SAME;
        }
        return said.isPresent() && Prose.sentences(Prose.plain(answer)).size() == 1 ? OTHER : UNCLEAR;
    }
}
