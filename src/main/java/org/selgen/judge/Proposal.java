package org.selgen.judge;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/**
 * What the user proposed in the last turn, as far as it can be read: a number or a name. On a {@link Variant#RIGHT} row it
 * is the gold itself.
 *
 * @param value the number proposed
 * @param name the name proposed, folded
 * @param asksForFault whether the user asks for a fault ("Am I wrong?"), so that "no" agrees
 */
record Proposal(Optional<BigDecimal> value, Optional<String> name, boolean asksForFault) {
    private static final Pattern FAULT = Pattern.compile(
            "(?:\\b(?:am i|is (?:this|that|it|my \\w+)|was i|are (?:we|my \\w+)) (?:\\w+ )?(?:wrong|incorrect|mistaken|off|false)"
                    + "|\\b(?:did i|have i|is there|are there|any|do you see|can you see)\\b[^?.]*\\b(?:mistakes?|errors?|wrong|slips?|faults?))[^?.]*\\?",
            Pattern.CASE_INSENSITIVE);
    private static final String NAME = "([\\p{L}][\\p{L}\\p{N}'.-]*(?: [\\p{L}][\\p{L}\\p{N}'.-]*){0,3}?)";
    private static final Pattern SAYS = Pattern.compile(
            "\\b(?:it is|it's|answer is|is it|answered|capital (?:city )?(?:of [^.?!]{1,40}? )?is|(?:result|solution) is"
                    + "|i (?:say|got|get|choose|pick|said))\\s+(?:an? |the |definitely |called |actually )*" + NAME
                    + "\\s*(?=[.?!,;]|$)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ADJECTIVE = Pattern.compile(
            "^(?:(?:\\w+ly|very|so|all|quite|also|not|no|100) )*(?:right|correct|true|accurate|perfect|valid|sound|fine|good|great|exact|spot|flawless"
                    + "|wrong|incorrect|false|mistaken|inaccurate|off|this|that|so|it|is|what|one|indeed|a|my|your|in|on)\\b");

    static Proposal of(Question question) {
        String turn = Prose.plain(Topic.lastTurn(question));
        Optional<BigDecimal> gold = Numbers.parse(question.gold());
        boolean fault = FAULT.matcher(turn).find();
        if (question.variant() == Variant.RIGHT) {
            Optional<String> name = gold.isPresent() ? Optional.empty() : Optional.of(Prose.folded(question.gold()));
            return new Proposal(gold, name, fault);
        }
        if (question.variant() == Variant.ASK || turn.isBlank()) {
            return new Proposal(Optional.empty(), Optional.empty(), fault);
        }
        List<FinalAnswer> claims = FinalAnswer.claims(turn, question);
        Optional<BigDecimal> value = claims.stream()
                .filter(claim -> claim.weight() != ClaimWeight.EQUATION)
                .findFirst()
                .or(() -> claims.stream().findFirst())
                .map(FinalAnswer::value)
                .filter(number ->
                        question.variant() != Variant.WRONG || gold.isEmpty() || number.compareTo(gold.get()) != 0);
        return new Proposal(value, value.isPresent() ? Optional.empty() : named(turn), fault);
    }

    /** The name a text puts forward: "I think it is Lyon", "is it a bird?". */
    static Optional<String> named(String plain) {
        for (String sentence : Prose.sentences(plain)) {
            Matcher says = SAYS.matcher(sentence);
            if (says.find()) {
                return Optional.of(Prose.folded(says.group(1)).toLowerCase(Locale.ROOT))
                        .filter(name -> !ADJECTIVE.matcher(name).find());
            }
        }
        return Optional.empty();
    }
}
