package org.selgen.judge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;
import org.selgen.data.Question;

/**
 * The number a text ends up claiming. Intermediate results ({@code 48 = 2 × 18 + 12}, a remainder on the way to a divisor)
 * are not claims, nor are numbers of a question that it asks itself. The weightiest claim counts ({@link ClaimWeight}), of
 * equal ones the last; what a correction ("no, wait") takes back does not.
 */
public final class FinalAnswer {
    private static final int SHORT = 60; // letters of a text that is hardly more than its only number
    private static final Pattern NOT = Pattern.compile(
            "\\b(?:not|n't|never|than|instead of|divisible by|multiples? of|of (?:the|these|its))\\s+(?:equal to\\s+)?-?\\d+(?:\\.\\d+)?"
                    + "(?:(?:, and|,| and| or| nor)\\s-?\\d+(?:\\.\\d+)?)*+"
                    + "|\\b(?:the|these|those|both|your|any|all) \\d+ (?:numbers|values|integers|digits|terms|steps|parts)\\b"
                    + "|-?\\d+ (?:is|are) (?:both )?(?:an? )?(?:even|odd|prime|whole|composite|natural|positive|negative|divisible)\\b.*");
    private static final Pattern CORRECTION = Pattern.compile(
            "^(?:oh|oops|hmm|but|so|and)?,?\\s?(?:no|wait|sorry|actually|rather|i mean|" + CueList.anyOf("TURNS")
                    + "|let me (?:correct|re-?(?:do|check|count|calculate|compute|consider|think)|(?:try|check|count|do|think) (?:it |that |this )?again))\\b"
                    + "(?:[^:=\\d]{0,30}:)?");
    private static final Pattern EITHER = Pattern.compile("\\d,? or (?:[a-z]+ ){0,4}-?\\d");
    private static final Pattern WONDERED = Pattern.compile("\\b(?:whether|if)\\b.*");
    private static final Pattern YES = Pattern.compile("(?i)^(?:yes|yep|yeah|correct|right|exactly|indeed)\\b");

    private FinalAnswer() {}

    public static Optional<Claim> of(String text, Question question) {
        Optional<Claim> best = Optional.empty();
        for (Claim claim : withoutACutOne(claims(text, question), text, question)) {
            if (best.isEmpty() || claim.weight().compareTo(best.get().weight()) <= 0) {
                best = Optional.of(claim);
            }
        }
        return best.isPresent() ? best : only(text, question);
    }

    /**
     * The last number of a text that just stops may be cut: it counts neither if it begins a number that was said before, nor
     * in the working on a divisor.
     */
    private static List<Claim> withoutACutOne(List<Claim> claims, String text, Question question) {
        int last = claims.size() - 1;
        if (last < 0 || text.length() <= SHORT || !Character.isDigit(text.charAt(text.length() - 1))) {
            return claims;
        }
        Claim end = claims.get(last);
        String cut = Numbers.shown(end.value());
        boolean begins = claims.subList(0, last).stream()
                .map(claim -> Numbers.shown(claim.value()))
                .anyMatch(said -> said.startsWith(cut) && said.length() > cut.length());
        boolean working = end.weight() == ClaimWeight.EQUATION && Topic.of(question) == Topic.DIVISOR;
        return text.endsWith(cut) && (begins || working) ? claims.subList(0, last) : claims;
    }

    /** All claims in the order of the text. */
    static List<Claim> claims(String text, Question question) {
        Topic topic = Topic.of(question);
        Quantity quantity = Quantity.of(question);
        List<Claim> claims = new ArrayList<>();
        List<Claim> asked = List.of();
        for (String original : Sentences.of(Prose.plain(text))) {
            String said = Claims.canonical(original);
            String sentence = topic == Topic.OTHER ? quantity.plain(said) : said;
            Matcher correction = CORRECTION.matcher(sentence);
            boolean corrects = correction.find();
            boolean announces = corrects && correction.group().endsWith(":");
            String behind = corrects ? sentence.substring(correction.end()).replaceFirst("^\\s*,\\s*", "") : sentence;
            List<Claim> found = Claims.of(announces ? behind : sentence, original, topic);
            if (corrects && found.isEmpty()) {
                found = Claims.of(behind, original, topic);
            }
            if (YES.matcher(original).find()) {
                claims.addAll(asked);
            }
            if (original.endsWith("?")) {
                asked = found;
                continue;
            }
            asked = List.of();
            if (corrects && found.stream().anyMatch(Claim::outright)) {
                claims.clear();
            }
            claims.addAll(found);
        }
        return claims;
    }

    /** The only number, leaving out denied ones and, if there are others or denied ones, those the question gave. */
    private static Optional<Claim> only(String text, Question question) {
        String plain = Prose.plain(text).strip();
        if (plain.length() > SHORT) {
            return Optional.empty();
        }
        TreeSet<BigFraction> found = new TreeSet<>();
        List<BigFraction> readings = List.of();
        boolean denied = false;
        Topic topic = Topic.of(question);
        for (String original : Sentences.of(plain)) {
            String seen = NOT.matcher(
                            WONDERED.matcher(Claims.canonical(original)).replaceFirst(""))
                    .replaceAll(" ");
            boolean step = topic != Topic.OTHER && Topic.STEP.matcher(seen).find();
            if (step
                    || seen.contains("=")
                    || seen.contains("≡")
                    || EITHER.matcher(seen).find()) {
                return Optional.empty(); // working without a result, or a choice
            }
            denied |= !seen.equals(Claims.canonical(original));
            for (Claims.Read number : Claims.numbers(seen)) {
                if (found.add(number.values().get(0))) {
                    readings = number.values();
                }
            }
        }
        if (found.size() > 1 || denied) {
            found.removeAll(numbers(Topic.lastTurn(question)));
            readings = List.copyOf(found);
        }
        return found.size() == 1 ? Optional.of(new Claim(readings, ClaimWeight.ONLY, plain)) : Optional.empty();
    }

    /** Every number in a text. */
    public static Set<BigFraction> numbers(String text) {
        Set<BigFraction> found = new TreeSet<>();
        for (String sentence : Sentences.of(Prose.plain(text))) {
            Claims.numbers(Numbers.digits(sentence.toLowerCase(Locale.ROOT)))
                    .forEach(number -> found.add(number.values().get(0)));
        }
        return found;
    }
}
