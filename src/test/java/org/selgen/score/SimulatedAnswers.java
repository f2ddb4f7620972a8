package org.selgen.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Answers to the forms of some questions by models of some seeds, of which the true share of hits is known: an answer is a hit
 * where
 * <pre>  σ a_seed + √ρ b_question + √(1 − σ² − ρ) e_answer &lt; Φ⁻¹(p)      a, b, e standard normal </pre>
 * so that p is the share over all seeds and questions.
 *
 * @param share p
 * @param groups questions
 * @param forms labels that all have these questions
 * @param correlation ρ between two answers to one question
 * @param spread σ of the seeds; at p = ½ their shares have the standard deviation 0.4 σ
 * @param seeds models
 */
record SimulatedAnswers(double share, int groups, int forms, double correlation, double spread, int seeds) {
    /** Each seed's parts: one a form. */
    List<List<LabelMean>> draw(RandomGenerator random) {
        double threshold = threshold();
        double rest = Math.sqrt(1 - spread * spread - correlation);
        double[] question = new double[groups];
        for (int g = 0; g < groups; g++) {
            question[g] = Math.sqrt(correlation) * random.nextGaussian();
        }
        List<List<LabelMean>> runs = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
            double seed = spread * random.nextGaussian();
            List<LabelMean> parts = new ArrayList<>();
            for (int form = 0; form < forms; form++) {
                Map<String, Cluster> clusters = new TreeMap<>();
                for (int g = 0; g < groups; g++) {
                    boolean hit = seed + question[g] + rest * random.nextGaussian() < threshold;
                    clusters.put("q" + g, new Cluster(hit ? 1 : 0, 1));
                }
                parts.add(LabelMean.of(clusters).orElseThrow());
            }
            runs.add(parts);
        }
        return runs;
    }

    /** The same with another share of hits. */
    SimulatedAnswers of(double other) {
        return new SimulatedAnswers(other, groups, forms, correlation, spread, seeds);
    }

    private double threshold() {
        return new NormalDistribution().inverseCumulativeProbability(share);
    }

    /** Its own for each design, so that a cell of a table can be worked out alone. */
    RandomGenerator random() {
        return new Well19937c(
                List.of(share, groups, forms, correlation, spread, seeds).hashCode());
    }
}
