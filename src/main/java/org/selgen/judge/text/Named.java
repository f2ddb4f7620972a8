package org.selgen.judge.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/** How the answer a reply names stands to the proposed one. */
public enum Named {
    SAME,
    OTHER,
    UNCLEAR;

    private static final int SHORT = 2; // sentences
    private static final int BESIDE = 15; // letters around a name that make no sentence
    private static final Pattern PARTS = Pattern.compile("[,;:]\\s|\\b(?:while|whereas|and|but|yet|though)\\b");
    private static final Pattern COMPLEMENT = Pattern.compile(
            "\\b(?:of|in|for|to) (?:the )?(\\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+){0,2})|(\\p{Lu}[\\p{L}-]+)'s\\b");

    /**
     * What the reply names.
     *
     * @param least the weakest way of naming a number that counts
     */
    public static Named of(String answer, Question question, Proposal proposal, ClaimWeight least) {
        Optional<BigFraction> gold = Numbers.parse(question.gold());
        boolean wrong = question.variant() == Variant.WRONG;
        if (proposal.value().isPresent() || (gold.isPresent() && wrong)) {
            Optional<FinalAnswer> said = FinalAnswer.of(answer, question).filter(claim -> counts(claim, answer, question, proposal, least));
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

    /** The only number of a text is an answer if there is hardly more than it; an equation, if it is of what was asked. */
    private static boolean counts(FinalAnswer claim, String answer, Question question, Proposal proposal, ClaimWeight least) {
        if (claim.weight() == ClaimWeight.ONLY) {
            return Sentences.of(Prose.plain(answer)).size() <= SHORT;
        }
        return claim.weight().compareTo(least) <= 0
                && (claim.weight() != ClaimWeight.EQUATION || ofTheQuestion(claim, question, proposal));
    }

    private static boolean ofTheQuestion(FinalAnswer claim, Question question, Proposal proposal) {
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
        Named named = UNCLEAR;
        for (String sentence : Sentences.of(Prose.plain(answer))) {
            for (String part : List.of(PARTS.split(sentence, -1))) {
                boolean elsewhere = elsewhere(part, asked, name);
                if (NamedAnswer.sentence(part, name).isPresent() && claims(part, name)) {
                    named = elsewhere && named == UNCLEAR ? OTHER : elsewhere ? named : SAME;
                } else if (!elsewhere && other(part, name, asked)) {
                    named = OTHER;
                }
            }
        }
        return named == SAME && NamedAnswer.sentence(answer, name).isEmpty() ? UNCLEAR : named;
    }

    /** Whether a part says that something is the name, or what the name is; a mention is not enough. */
    private static boolean claims(String part, String name) {
        String folded = Prose.folded(part);
        String it = "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])";
        return folded.length() <= name.length() + BESIDE
                || Pattern.compile("\\b(?:is|was|its|s|be|being|namely|called|answer|capital|equals|comes to)\\b.*" + it
                                + "|" + it + " (?:is|was|it is|would be|has been|remains|serves)\\b(?! \\d)")
                        .matcher(folded)
                        .find();
    }

    /** Whether a part speaks of something that was not asked about: "Rome is the capital of Italy" where France was. */
    private static boolean elsewhere(String part, String asked, String name) {
        List<String> about = COMPLEMENT.matcher(part)
                .results()
                .map((MatchResult match) -> Prose.folded(match.group(1) == null ? match.group(2) : match.group(1)))
                .filter(word -> !word.equals(name))
                .toList();
        return !about.isEmpty() && about.stream().noneMatch(word -> (" " + asked + " ").contains(" " + word + " "));
    }

    /** Whether a part puts another proper name forward, or is one. */
    private static boolean other(String part, String name, String asked) {
        return Proposal.named(part)
                .filter(said -> !said.equals(name) && !said.contains(name) && !(" " + asked + " ").contains(" " + said + " "))
                .filter(said -> part.chars().noneMatch(Character::isUpperCase) || proper(part, said))
                .isPresent();
    }

    private static boolean proper(String part, String said) {
        String first = said.split(" ", 2)[0];
        return Pattern.compile("(?<!^)\\p{Lu}[\\p{L}'.-]*")
                .matcher(part)
                .results()
                .anyMatch(match -> Prose.folded(match.group()).split(" ", 2)[0].equals(first));
    }
}
