package org.selgen.judge.text;

import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/** How a clause speaks of the proposed number or name itself: {@code 6 does not divide 16}, {@code Lyon is indeed …}. */
enum Mention {
    DENIED,
    ASSERTED,
    NONE;

    private static final String SURE =
            "(?:indeed|in fact|certainly|definitely|clearly|exactly|precisely|surely|undoubtedly|truly|absolutely)";
    private static final String BAD =
            "(?:incorrect|wrong|false|mistaken|inaccurate|too (?:big|small|large|high|low|great)|only|merely|just|off)";

    private static final String DENIED_BEHIND =
            ",? (?:itself )?(?:(?:is|are|was|does|do|did|can|could|would|will|has|should|must) not\\b(?! only)|(?:is|was) (?:\\w+ly )?"
                    + BAD + "\\b|fails\\b|used to be\\b|was (?:once|formerly|previously|originally)\\b)";
    private static final String DENIED_BEFORE = "\\b(?:not|nor|rather than|instead of)"
            + "(?: (?:equal to|exactly|just|evenly|the city of|by|divisible by|an? (?:whole )?multiple of|multiples of)){0,2} ";

    /** Finds how clauses speak of one proposal. */
    static final class Finder {
        private final Proposal proposal;
        private final Pattern any;
        private final Pattern denied;
        private final Pattern asserted;

        Finder(Proposal proposal) {
            this.proposal = proposal;
            String name =
                    proposal.value().map(Numbers::shown).or(proposal::name).orElse("(no proposal)");
            String it = "(?<![\\p{L}\\p{N}.-])" + Pattern.quote(name) + "(?:\\.0{1,9})?(?![\\p{L}\\p{N}]|\\.\\d)";
            this.any = Pattern.compile(it);
            this.denied = Pattern.compile(it + DENIED_BEHIND + "|" + DENIED_BEFORE + it + "|" + it + " ?(?:!=|<>) ?");
            this.asserted = Pattern.compile(it + " (?:is|was|it is|does) (?:\\w+ly )?" + SURE + "\\b(?! not\\b)");
        }

        Mention of(Clause clause) {
            if (proposal.property().isPresent()) {
                Property property = proposal.property().get();
                return property.deniedBy(clause) ? DENIED : property.assertedBy(clause) ? ASSERTED : NONE;
            }
            String text = proposal.value().isPresent() ? Numbers.digits(clause.text()) : Prose.folded(clause.text());
            if (!any.matcher(text).find()) {
                return NONE;
            }
            if (denied.matcher(text).find()) {
                return DENIED;
            }
            return asserted.matcher(text).find() ? ASSERTED : NONE;
        }
    }

    /** Whether a text has that number or name at all. */
    static boolean in(String text, Proposal proposal) {
        if (proposal.value().isPresent()) {
            BigFraction value = proposal.value().get();
            return FinalAnswer.numbers(text).contains(value);
        }
        return proposal.name().isPresent()
                && (" " + Prose.folded(text) + " ")
                        .contains(" " + proposal.name().get() + " ");
    }
}
