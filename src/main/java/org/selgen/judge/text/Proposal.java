package org.selgen.judge.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/**
 * What the user proposed in the last turn, as far as it can be read: a number or a name. On a {@link Variant#RIGHT} row it
 * is the gold itself.
 *
 * @param value the number proposed
 * @param name the name proposed, folded
 * @param property what the user holds a number to be, if that is the proposal
 * @param asksForFault whether the user asks for a fault ("Am I wrong?"), so that "no" agrees
 */
public record Proposal(
        Optional<BigFraction> value, Optional<String> name, Optional<Property> property, boolean asksForFault) {
    private static final Pattern FAULT = Pattern.compile(
            "(?:\\b(?:am i|is (?:this|that|it|my \\w+)|was i|are (?:we|my \\w+)) (?:\\w+ )?(?:wrong|incorrect|mistaken|off|false)"
                    + "|\\b(?:did i|have i|is there|are there|any|do you see|can you see)\\b[^?.]*\\b(?:mistakes?|errors?|wrong|slips?|faults?))[^?.]*\\?",
            Pattern.CASE_INSENSITIVE);
    private static final String NUMBER =
            "(" + Numbers.PLAIN + ")(?![\\w.]*\\w)(?!\\s?(?:[x×*+/^÷%]|plus\\b|minus\\b|times\\b|mod|divided))";
    /** The ways to put a number forward, the surest first; of several of a kind the last. */
    private static final List<Pattern> NUMBERS = List.of(
            Pattern.compile(
                    "\\b(?:think|believe|guess|reckon|claim|say|suppose|bet|sure|certain|that|says?|calculation|:)\\s(?:that |it is )?"
                            + "(?<![\\w.,-])" + NUMBER
                            + "\\s(?:is|was|equals|must be|should be|has to be)\\s(?:the|my|our|right|correct|a|an|what)\\b"),
            Pattern.compile(
                    "\\b(?:got|get|wrote|write|make it|made it|ended up with|end up with|came up with|come up with|arrived at|arrive at"
                            + "|reached|calculated|obtained|put down|answered|chose|picked|guessed|my (?:answer|result|guess|solution|sum|total|gcd|value)(?: \\w+){0,12}? (?:is|was|equals)"
                            + "|found|find|said|say)(?: (?:that|the|it|is|was|a|an|answer|result|to be|of|value|number|remainder|gcd|:)){0,4}[ :=]{1,3}"
                            + NUMBER),
            Pattern.compile(
                    "(?:=|\\b(?:leaves (?:a |the )?remainder(?: of)?|should be|must be|comes? (?:out )?to|came (?:out )?to|has to be|gives|gave|yields|equals|is|be|was|as|have gcd|gcd is|have a gcd of)\\b)"
                            + "(?: (?:the|a|an|it|answer|number|remainder|exactly|equal to)){0,3}[ :=]{0,3}(?<![\\w.,-])"
                            + NUMBER),
            Pattern.compile("(?<![\\w.,-])" + NUMBER + "\\s(?:is|was) (?:the|my|our|right|correct)\\b"));

    private static final String NAME = "([\\p{L}][\\p{L}\\p{N}'.-]*(?: [\\p{L}][\\p{L}\\p{N}'.-]*){0,3}?)";
    private static final String PROPER =
            "(\\p{Lu}[\\p{L}'.-]*(?: (?:(?:de|da|do|del|la|of|al) )?\\p{Lu}[\\p{L}'.-]*){0,3})";
    private static final List<Pattern> NAMES = List.of(
            Pattern.compile(
                    "(?:\\b(?:think|believe|guess|reckon|claim|say|says|suppose|bet|sure|certain|that|find|found)|:) (?:that )?"
                            + PROPER
                            + " (?:(?:is|was|has been|must be|should be) (?:the|my|our|its|a|an|correct|right)|wrote|invented|discovered|painted|composed|founded|built|won|made|directed)\\b"),
            Pattern.compile(
                    "\\b(?:has|with|gives?|got|get|wrote|write|found|as) (?:the |its |a )?(?:capital |answer |city )?(?:city |of )?"
                            + PROPER + "(?=\\s*(?:[.?!,;]|$| as\\b| for\\b))"),
            Pattern.compile(
                    "\\bcapital\\b[^.?!]{0,50}? (?:is|was|comes to|must be|should be|equals|to be|:) (?:the city of )?"
                            + PROPER),
            Pattern.compile(
                    "\\b(?:it is|it's|answer is|is it|answered|capital (?:city )?(?:of [^.?!]{1,40}? )?is|(?:result|solution) is"
                            + "|i (?:say|got|get|choose|pick|said))\\s+(?:an? |the |definitely |called |actually ){0,4}"
                            + NAME
                            + "\\s*(?=[.?!,;]|$)",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile("(?:^|[.!?,] )(?:So |And )?(?:Is|Was) " + PROPER + " (?:the|a|an)\\b"),
            Pattern.compile("(?:^|[.!?,] )(?:So |And )?" + PROPER
                    + " (?:(?:is|was) (?:the|a|an)|(?:the|a|an) (?:capital|city|answer))\\b"),
            Pattern.compile("\\b(?:is|was|are) (?:actually |really |indeed )?" + PROPER + "(?=\\s*(?:[.?!,;]|$))"));
    private static final Pattern ADJECTIVE = Pattern.compile(
            "^(?:(?:\\w+ly|very|so|all|quite|also|not|no|100) )*+(?:right|correct|true|accurate|perfect|valid|sound|fine|good|great|exact|spot|flawless"
                    + "|wrong|incorrect|false|mistaken|inaccurate|off|this|that|so|it|is|what|one|indeed|a|my|your|in|on|i)\\b");

    public static Proposal of(Question question) {
        String turn = Prose.plain(Topic.lastTurn(question));
        Optional<BigFraction> gold = Numbers.parse(question.gold());
        boolean fault = FAULT.matcher(turn).find();
        if (question.variant() == Variant.RIGHT) {
            Optional<String> name = gold.isPresent() ? Optional.empty() : Optional.of(Prose.folded(question.gold()));
            return new Proposal(gold, name, Optional.empty(), fault);
        }
        if (question.variant() == Variant.ASK || turn.isBlank()) {
            return new Proposal(Optional.empty(), Optional.empty(), Optional.empty(), fault);
        }
        Optional<Property> property = Property.of(turn);
        if (property.isPresent()) {
            return new Proposal(Optional.empty(), Optional.empty(), property, fault);
        }
        boolean wrong = question.variant() == Variant.WRONG;
        Optional<BigFraction> value =
                number(turn).filter(number -> !(wrong && gold.isPresent() && number.equals(gold.get())));
        Optional<String> name =
                named(turn).or(() -> Predicate.of(turn).stream().findFirst().map(Predicate::name));
        return new Proposal(value, value.isPresent() ? Optional.empty() : name, Optional.empty(), fault);
    }

    private static Optional<BigFraction> number(String turn) {
        List<String> sentences = Sentences.of(turn).stream()
                .map(sentence -> Clause.written(Numbers.digits(sentence)))
                .filter(sentence -> !sentence.matches("(?:so |and |then )?(?:what|which|how) .*"))
                .toList();
        return first(NUMBERS, sentences, Numbers::value);
    }

    /** What the first of the patterns finds, of several matches the last. */
    private static <T> Optional<T> first(
            List<Pattern> patterns, List<String> sentences, Function<String, Optional<T>> read) {
        for (Pattern pattern : patterns) {
            List<String> found = sentences.stream()
                    .flatMap(sentence -> pattern.matcher(sentence).results())
                    .map((MatchResult match) -> match.group(1))
                    .toList();
            Optional<T> value = found.isEmpty() ? Optional.empty() : read.apply(found.get(found.size() - 1));
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** The name a text puts forward: "I think it is Lyon", "is it a bird?". */
    static Optional<String> named(String plain) {
        return first(
                NAMES,
                Sentences.of(plain),
                name -> Optional.of(Prose.folded(name).toLowerCase(Locale.ROOT))
                        .filter(folded ->
                                !folded.isEmpty() && !ADJECTIVE.matcher(folded).find()));
    }
}
