package org.selgen.judge;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The score that the likeliest first tokens of a judge's reply stand for.
 * <pre>  score = Σ n · p(n) / Σ p(n),   n over the tokens that are whole numbers from 0 to 100 </pre>
 * {@code "85"} and {@code " 85"} both count, {@code "101"} does not. There is none where Σ p(n) is below 0.25: the
 * judge wanted to say something else. Never an argmax.
 */
public final class LogprobScore {
    public static final double LEAST_MASS = 0.25;

    /** 0.2 + 0.05 is a little less than 0.25 after a logarithm and back. */
    private static final double ROUNDING = 1e-9;

    private LogprobScore() {}

    public static OptionalDouble of(Collection<TokenLogprob> tokens) {
        double sum = 0;
        double mass = 0;
        for (TokenLogprob token : tokens) {
            OptionalInt number = number(token.token());
            if (number.isPresent()) {
                sum += number.getAsInt() * token.probability();
                mass += token.probability();
            }
        }
        return mass < LEAST_MASS - ROUNDING ? OptionalDouble.empty() : OptionalDouble.of(sum / mass);
    }

    /**
     * The category among {@code words} that the tokens spell or begin to spell, in any case, where it has at least a
     * quarter of the probability; else empty text.
     */
    static String word(Collection<TokenLogprob> tokens, List<String> words) {
        String likeliest = "";
        double most = LEAST_MASS - ROUNDING;
        for (String word : words) {
            double mass = tokens.stream()
                    .filter(token -> begins(word, token.token().strip()))
                    .mapToDouble(TokenLogprob::probability)
                    .sum();
            if (mass >= most) {
                likeliest = word;
                most = mass;
            }
        }
        return likeliest;
    }

    private static boolean begins(String word, String token) {
        return !token.isEmpty() && word.regionMatches(true, 0, token, 0, token.length());
    }

    /** Whether numbers have enough of the probability for a score, and each is written as a single digit. */
    static boolean singleDigits(Collection<TokenLogprob> tokens) {
        boolean longer = tokens.stream().anyMatch(token -> token.token().strip().matches("[0-9]{2,}"));
        return !longer && of(tokens).isPresent();
    }

    /** The whole number from 0 to 100 that a token is; white space around it, leading zeros and a plus are fine. */
    static OptionalInt number(String token) {
        String digits = token.strip();
        if (!digits.matches("\\+?[0-9]{1,9}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(digits);
        return number <= 100 ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
