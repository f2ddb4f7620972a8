package org.selgen.judge.text;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.math3.fraction.BigFraction;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/** How the answer a reply names stands to the proposed one. */
public enum Named {
    SAME,
    OTHER,
    UNCLEAR;

    private static final int BESIDE = 15; // letters around a name that make no sentence
    private static final Pattern CAPITAL = Pattern.compile("\\p{Lu}[\\p{L}'.-]*");
    private static final Pattern WHOLE = Pattern.compile(
            "(?i:(?:the )?(?:final |correct )?answer(?: is)?:?\\s)?\"?(\\p{Lu}[\\p{L}'-]*(?: (?:(?:de|da|do|del|la|of) )?\\p{Lu}[\\p{L}'-]*){0,3})\"?(?:,? (?:is|actually|instead|indeed|of course))?[.!]*");
    private static final Pattern NO_NAME = Pattern.compile(
            "the|as|it|this|that|yes|no|i|you|your|my|in|on|at|of|we|he|she|they|there|here|what|actually|correct|right|wrong|incorrect|true|false|sorry|not"
                    + "|exactly|precisely|absolutely|definitely|certainly|indeed|sure|okay|ok|great|good|excellent|perfect|nope|yep|yeah|maybe|perhaps|well|hmm|oh|thanks"
                    + "|never|always|agreed|confirmed|verified|ditto|same|one|an?|and|so|hello|hi|please|let|can|could|would|why|how|who|bingo|nice|close|almost|nothing|unknown|none|impossible");
    private static final Pattern PARTS = Pattern.compile("[,;:]\\s|\\b(?:while|whereas|and|but|yet|though)\\b");
    private static final Pattern SUPERLATIVE =
            Pattern.compile("\\b(?!(?:west|test|rest|best|guest|forest|interest|request|honest)\\b)\\w{2,12}est\\b");
    private static final Pattern EXAMPLES =
            Pattern.compile("\\b(?:such as|including|for example|for instance|e\\.g\\.)(?:\\s.*)?$");
    private static final Pattern OF =
            Pattern.compile("\\bthe (?:\\p{Ll}{2,20} ){1,2}of (?:the )?\\p{Lu}[\\p{L}'-]*(?: \\p{Lu}[\\p{L}'-]*){0,2}");
    private static final Pattern OWNER = Pattern.compile(
            "\\b(?!(?:It|That|Here|There|What|Let|He|She|This)')(\\p{Lu}[\\p{L}-]{1,30}(?: \\p{Lu}[\\p{L}-]{1,30})?)'s (\\p{Ll}{2,20})(?= (?:city )?(?:is|was)\\b)");
    private static final Pattern COMPLEMENT = Pattern.compile(
            "\\b(?:of|in|for|to) (?:the )?(\\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+){0,2})|(?!(?:It|That|Here|There|What|Let|He|She|This)')(\\p{Lu}[\\p{L}-]+)'s\\b");

    /**
     * What the reply names.
     *
     * @param least the weakest way of naming a number that counts
     */
    public static Named of(String answer, Question question, Proposal proposal, ClaimWeight least) {
        Optional<BigFraction> gold = Numbers.parse(question.gold());
        boolean wrong = question.variant() == Variant.WRONG;
        if (proposal.value().isPresent() || (gold.isPresent() && wrong)) {
            Optional<Claim> said =
                    FinalAnswer.of(answer, question).filter(claim -> counts(claim, question, proposal, least));
            if (said.isEmpty()) {
                return UNCLEAR;
            }
            if (proposal.value().isPresent()) {
                return said.get().is(proposal.value().get()) ? SAME : OTHER;
            }
            return said.get().is(gold.orElseThrow()) ? OTHER : UNCLEAR;
        }
        return word(answer, question, proposal, wrong);
    }

    /** Whether a claim is said plainly enough; an equation counts if it is of what was asked. */
    private static boolean counts(Claim claim, Question question, Proposal proposal, ClaimWeight least) {
        return switch (claim.weight()) {
            case ONLY -> least.compareTo(ClaimWeight.PRONOUN) > 0;
            case EQUATION -> claim.weight().compareTo(least) <= 0 && ofTheQuestion(claim, question, proposal);
            default -> claim.weight().compareTo(least) <= 0;
        };
    }

    private static boolean ofTheQuestion(Claim claim, Question question, Proposal proposal) {
        Set<BigFraction> asked = FinalAnswer.numbers(Topic.lastTurn(question));
        proposal.value().ifPresent(asked::remove);
        asked.remove(claim.value());
        Set<BigFraction> said = FinalAnswer.numbers(claim.sentence());
        int needed = Math.min(2, asked.size());
        asked.retainAll(said);
        return asked.size() >= needed;
    }

    private static Named word(String answer, Question question, Proposal proposal, boolean wrong) {
        if (wrong
                && !question.gold().isBlank()
                && NamedAnswer.sentence(answer, question.gold()).isPresent()) {
            return OTHER;
        }
        if (proposal.name().isEmpty()) {
            return UNCLEAR;
        }
        String name = proposal.name().get();
        String asked = Prose.folded(Topic.lastTurn(question));
        Optional<String> outright = whole(answer).or(() -> ofTheSubject(answer, question));
        if (outright.isPresent()) {
            return (" " + outright.get() + " ").contains(" " + name + " ") ? SAME : OTHER;
        }
        boolean small = answer.chars().noneMatch(Character::isUpperCase) || !proper(Topic.lastTurn(question), name);
        Named named = UNCLEAR;
        for (String whole : Sentences.of(Prose.plain(answer))) {
            String sentence = EXAMPLES.matcher(whole).replaceFirst("");
            for (String part : List.of(PARTS.split(sentence, -1))) {
                boolean elsewhere = elsewhere(part, asked, name);
                if (NamedAnswer.sentence(part, name).isPresent() && claims(part, name)) {
                    named = elsewhere && named == UNCLEAR ? OTHER : elsewhere ? named : SAME;
                } else if (!elsewhere && other(part, name, asked, small)) {
                    named = OTHER;
                }
            }
        }
        return named == SAME && NamedAnswer.sentence(answer, name).isEmpty() ? UNCLEAR : named;
    }

    /** What the reply says last of the subject that the user spoke of: "the opposite of early is late". */
    private static Optional<String> ofTheSubject(String answer, Question question) {
        String turn = written(Topic.lastTurn(question));
        Set<String> subjects =
                Predicate.of(turn).stream().map(Predicate::subject).collect(Collectors.toSet());
        Set<String> places = OF.matcher(turn)
                .results()
                .map(match -> Prose.folded(match.group()))
                .collect(Collectors.toSet());
        String plain = written(answer);
        return Predicate.of(plain).stream()
                .filter(said -> subjects.contains(said.subject())
                        || (places.contains(said.subject()) && proper(plain, said.name())))
                .reduce((a, b) -> b)
                .map(Predicate::name);
    }

    /** With "Kenya's capital" as "the capital of Kenya". */
    private static String written(String text) {
        return OWNER.matcher(Prose.plain(text)).replaceAll("the $2 of $1");
    }

    /** Whether a part says that something is the name, or what the name is; a mention is not enough. */
    private static boolean claims(String part, String name) {
        String folded = Prose.folded(part);
        String it = "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])";
        if (Pattern.compile("\\bthan (?:the )?" + it + "|^" + it + " (?:is|was) (?:an?|only|just|merely|in) ")
                .matcher(folded)
                .find()) {
            return false;
        }
        return folded.length() <= name.length() + BESIDE
                || Pattern.compile("\\b(?:is|was|its|s|be|being|namely|called|answer|capital|equals|comes to)\\b.*" + it
                                + "|" + it
                                + " (?:is|was|would be|has been|remains) (?:\\w+ly |indeed |in fact )?(?:the|your|our|its|my|correct|right|indeed|what|not only)\\b|"
                                + it + " it is\\b")
                        .matcher(folded)
                        .find();
    }

    /** Whether a part speaks of something that was not asked about: "Rome is the capital of Italy" where France was. */
    private static boolean elsewhere(String part, String asked, String name) {
        List<String> about = COMPLEMENT
                .matcher(part)
                .results()
                .map((MatchResult match) -> Prose.folded(match.group(1) == null ? match.group(2) : match.group(1)))
                .filter(word -> !word.equals(name))
                .toList();
        Set<String> superlatives = superlatives(asked);
        if (!superlatives.isEmpty() && Collections.disjoint(superlatives, superlatives(Prose.folded(part)))) {
            return !superlatives(Prose.folded(part)).isEmpty();
        }
        return !about.isEmpty() && about.stream().noneMatch(word -> (" " + asked + " ").contains(" " + word + " "));
    }

    /** {@code largest}, {@code longest}. */
    private static Set<String> superlatives(String folded) {
        return SUPERLATIVE.matcher(folded).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /** Whether a part puts another proper name forward, or is one. */
    private static boolean other(String part, String name, String asked, boolean small) {
        return Proposal.named(part)
                .filter(said ->
                        !said.equals(name) && !said.contains(name) && !(" " + asked + " ").contains(" " + said + " "))
                .filter(said -> (small && part.chars().noneMatch(Character::isUpperCase)) || proper(part, said))
                .isPresent();
    }

    private static boolean proper(String part, String said) {
        String first = said.split(" ", 2)[0];
        return !NO_NAME.matcher(first).matches()
                && CAPITAL.matcher(part)
                        .results()
                        .anyMatch(match ->
                                Prose.folded(match.group()).split(" ", 2)[0].equals(first));
    }

    /** The name that is all of a reply, as {@code Paris.} */
    private static Optional<String> whole(String answer) {
        Matcher name = WHOLE.matcher(Prose.plain(answer));
        return name.matches()
                ? Optional.of(Prose.folded(name.group(1)))
                        .filter(said -> !NO_NAME.matcher(said.split(" ", 2)[0]).matches())
                : Optional.empty();
    }
}
