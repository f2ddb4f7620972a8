package org.selgen.judge.text;

import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/** How a clause speaks of the proposed number or name itself: {@code 6 does not divide 16}, {@code Lyon is indeed …}. */
enum Mention {
    DENIED,
    ASSERTED,
    NONE;

    private static final Pattern NOT_THE = Pattern.compile("\\b(?:is|was) (?:\\w+ly )?not (?:\\w+ly )?the\\b");
    private static final String SURE =
            "(?:indeed|in fact|certainly|definitely|clearly|exactly|precisely|surely|undoubtedly|truly|absolutely)";
    private static final String BAD =
            "(?:incorrect|wrong|false|mistaken|inaccurate|too (?:big|small|large|high|low|great)|only|merely|just|off)";

    /** Whether it says that the proposal is not what was asked for: "Lyon is not the capital". */
    static boolean contradicts(Clause clause, Proposal proposal) {
        return of(clause, proposal) == DENIED && NOT_THE.matcher(clause.text()).find();
    }

    static Mention of(Clause clause, Proposal proposal) {
        String name = proposal.value().map(Numbers::shown).or(proposal::name).orElse("");
        if (name.isEmpty()) {
            return NONE;
        }
        String text = proposal.value().isPresent() ? Numbers.digits(clause.text()) : Prose.folded(clause.text());
        String it = "(?<![\\p{L}\\p{N}.-])" + Pattern.quote(name) + "(?:\\.0{1,9})?(?![\\p{L}\\p{N}]|\\.\\d)";
        if (!Pattern.compile(it).matcher(text).find()) {
            return NONE;
        }
        Pattern denied = Pattern.compile(it + ",? (?:itself )?(?:(?:is|are|was|does|do|did|can|could|would|will|has|should|must) not\\b(?! only)|(?:is|was) (?:\\w+ly )?"
                + BAD + "\\b|fails\\b)|\\b(?:not|nor|rather than|instead of)(?: (?:equal to|exactly|just|the city of|by)){0,2} " + it
                + "|" + it + " ?(?:!=|<>) ?");
        if (denied.matcher(text).find()) {
            return DENIED;
        }
        Pattern asserted = Pattern.compile(it + " (?:is|was|it is|does) (?:\\w+ly )?" + SURE + "\\b(?! not\\b)");
        return asserted.matcher(text).find() ? ASSERTED : NONE;
    }

    /** Whether a text has that number or name at all. */
    static boolean in(String text, Proposal proposal) {
        if (proposal.value().isPresent()) {
            BigFraction value = proposal.value().get();
            return FinalAnswer.numbers(text).contains(value);
        }
        return proposal.name().isPresent()
                && (" " + Prose.folded(text) + " ").contains(" " + proposal.name().get() + " ");
    }
}
