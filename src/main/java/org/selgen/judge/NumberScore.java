package org.selgen.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Probabilities of the numbers 0 to 100 as the beginning of a reply, for models whose tokenizer splits numbers.
 * <pre>  p(n) = Σ over spellings t₁…t_k of n   Π_i p(t_i | t_1…t_{i−1}) · (1 − Σ_{d begins with a digit} p(d | t_1…t_k)) </pre>
 * White space before the number is part of a spelling. A number that goes on past 100 counts nowhere. For a tokenizer
 * with a token for each number the result is that of {@link LogprobScore} but for the replies that go on with a digit.
 * Beginnings less likely than 1 in 10 000 are not followed.
 */
public final class NumberScore {
    private static final double LEAST = 1e-4;

    /** Longest beginning that is followed: a space or two and three digits. */
    private static final int LONGEST = 6;

    private NumberScore() {}

    /** A model's next token after the beginning of its own reply. */
    @FunctionalInterface
    public interface NextTokens {
        /** All tokens, or the likeliest; {@code said} is empty at first. */
        List<TokenLogprob> after(String said);
    }

    /** The numbers in ascending order, and then the first tokens that begin none. */
    public static List<TokenLogprob> of(NextTokens model) {
        Map<Integer, Double> numbers = new TreeMap<>();
        List<TokenLogprob> first = model.after("");
        walk(model, "", 1, first, numbers);
        List<TokenLogprob> all = new ArrayList<>();
        numbers.forEach((number, p) -> all.add(new TokenLogprob(Integer.toString(number), Math.log(p))));
        first.stream()
                .filter(token -> !begins(token.token()) && token.probability() >= LEAST)
                .forEach(all::add);
        return all;
    }

    private static void walk(
            NextTokens model, String said, double p, List<TokenLogprob> next, Map<Integer, Double> numbers) {
        for (TokenLogprob token : next) {
            String longer = said + token.token();
            double q = p * token.probability();
            if (q < LEAST || longer.length() > LONGEST || !begins(longer)) {
                continue;
            }
            List<TokenLogprob> after = model.after(longer);
            OptionalInt number = LogprobScore.number(longer);
            if (number.isPresent()) {
                double on = after.stream()
                        .filter(t -> !t.token().isEmpty() && digit(t.token().charAt(0)))
                        .mapToDouble(TokenLogprob::probability)
                        .sum();
                numbers.merge(number.getAsInt(), Math.max(Double.MIN_NORMAL, q * (1 - on)), Double::sum);
            }
            walk(model, longer, q, after, numbers);
        }
    }

    /** Whether a reply that begins so can be a number: white space, then digits and nothing after them. */
    private static boolean begins(String said) {
        String digits = said.stripLeading();
        return !said.isEmpty()
                && digits.chars().allMatch(c -> digit((char) c))
                && (digits.isEmpty() || LogprobScore.number(digits).isPresent());
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
