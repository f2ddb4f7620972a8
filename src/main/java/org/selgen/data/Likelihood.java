package org.selgen.data;

import java.io.Serializable;
import java.util.List;

/**
 * How likely one run finds each of several words as the answer to one question.
 *
 * @param run the run's id
 * @param dataset the question's dataset
 * @param question the question's id
 * @param decoding which words were weighed, and after which beginning
 * @param words the words
 * @param logprobs natural logarithm of each word's probability, given the question and the beginning
 */
public record Likelihood(
        String run, String dataset, String question, String decoding, List<String> words, List<Double> logprobs)
        implements Serializable {

    /** A word and its share of the probability of all the words. */
    public record Share(String word, double probability) {}

    /**
     * The words by falling probability, normalised over the words; of equal ones the first given is first.
     * <pre>  P(w | the words) = p(w) / Σ_v p(v) </pre>
     */
    public List<Share> shares() {
        double most = logprobs.stream().mapToDouble(p -> p).max().orElseThrow();
        double all = logprobs.stream().mapToDouble(p -> Math.exp(p - most)).sum();
        return java.util.stream.IntStream.range(0, words.size())
                .mapToObj(i -> new Share(words.get(i), Math.exp(logprobs.get(i) - most) / all))
                .sorted((a, b) -> Double.compare(b.probability, a.probability))
                .toList();
    }
}
