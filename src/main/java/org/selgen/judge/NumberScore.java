package org.selgen.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

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

    /**
     * A begun reply.
     *
     * @param prompt number of the prompt that it answers
     * @param said its text; empty at first
     */
    public record Beginning(int prompt, String said) {}

    /** A model's next tokens after begun replies. */
    @FunctionalInterface
    public interface NextTokens {
        /** For each beginning all tokens, or the likeliest. */
        List<List<TokenLogprob>> after(List<Beginning> begun);
    }

    /** A beginning that may become a number, and its probability. */
    private record Path(Beginning begun, double p) {}

    /**
     * For each prompt the numbers in ascending order, and then the first tokens that begin none. Beginnings of one length are
     * asked about together, whichever prompt they answer.
     */
    public static List<List<TokenLogprob>> of(int prompts, NextTokens model) {
        List<Beginning> starts =
                IntStream.range(0, prompts).mapToObj(i -> new Beginning(i, "")).toList();
        List<List<TokenLogprob>> first = model.after(starts);
        List<Map<Integer, Double>> numbers = starts.stream()
                .map(i -> (Map<Integer, Double>) new TreeMap<Integer, Double>())
                .toList();
        List<Path> paths = new ArrayList<>();
        for (Beginning start : starts) {
            longer(new Path(start, 1), first.get(start.prompt()), paths);
        }
        while (!paths.isEmpty()) {
            List<List<TokenLogprob>> next =
                    model.after(paths.stream().map(Path::begun).toList());
            List<Path> longer = new ArrayList<>();
            for (int i = 0; i < paths.size(); i++) {
                count(paths.get(i), next.get(i), numbers);
                longer(paths.get(i), next.get(i), longer);
            }
            paths = longer;
        }
        return starts.stream()
                .map(start -> tokens(numbers.get(start.prompt()), first.get(start.prompt())))
                .toList();
    }

    private static List<TokenLogprob> tokens(Map<Integer, Double> numbers, List<TokenLogprob> first) {
        List<TokenLogprob> all = new ArrayList<>();
        numbers.forEach((number, p) -> all.add(new TokenLogprob(Integer.toString(number), Math.log(p))));
        first.stream()
                .filter(token -> !begins(token.token()) && token.probability() >= LEAST)
                .forEach(all::add);
        return all;
    }

    /** The number that a beginning spells, with the probability that no digit follows. */
    private static void count(Path path, List<TokenLogprob> after, List<Map<Integer, Double>> numbers) {
        OptionalInt number = LogprobScore.number(path.begun().said());
        if (number.isPresent()) {
            double on = after.stream()
                    .filter(t -> !t.token().isEmpty() && digit(t.token().charAt(0)))
                    .mapToDouble(TokenLogprob::probability)
                    .sum();
            numbers.get(path.begun().prompt())
                    .merge(number.getAsInt(), Math.max(Double.MIN_NORMAL, path.p() * (1 - on)), Double::sum);
        }
    }

    private static void longer(Path path, List<TokenLogprob> next, List<Path> longer) {
        for (TokenLogprob token : next) {
            String said = path.begun().said() + token.token();
            double p = path.p() * token.probability();
            if (p >= LEAST && said.length() <= LONGEST && begins(said)) {
                longer.add(new Path(new Beginning(path.begun().prompt(), said), p));
            }
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
