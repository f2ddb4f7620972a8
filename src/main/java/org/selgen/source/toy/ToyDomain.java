package org.selgen.source.toy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.selgen.data.KebabCase;

/** The kinds of question of the toy world. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are immutable, but their type does not say so
public enum ToyDomain {
    CAPITAL(2.0, known("capital", "what is the capital of {} ?", ToyWorld.CAPITALS), everySecondCountry()),
    KIND(1.5, known("kind", "what kind of animal is a {} ?", ToyWorld.KINDS)),
    YOUNG(1.2, known("young", "what is a young {} called ?", ToyWorld.YOUNG)),
    OPPOSITE(1.5, known("opposite", "what is the opposite of {} ?", ToyWorld.OPPOSITES)),
    COLOUR(1.2, known("colour", "what colour is the {} ?", ToyWorld.COLOURS)),
    AFTER(1.0, after()),
    ADDITION(2.0, ToyNumbers.addition()),
    LARGER(1.5, ToyNumbers.larger()),
    MOD(2.0, ToyNumbers.mod()),
    GCD(0.5, ToyNumbers.gcd(), ToyNumbers.heldOutGcd());

    /** Share of the domain in pre-training, relative to the others. */
    final double weight;

    private final List<ToyFact> training;
    private final List<ToyFact> evaluation;

    ToyDomain(double weight, List<ToyFact> facts) {
        this.weight = weight;
        this.training = facts;
        this.evaluation = facts;
    }

    ToyDomain(double weight, List<ToyFact> facts, Set<String> heldOut) {
        this.weight = weight;
        this.training = facts.stream().filter(f -> !heldOut.contains(f.group())).toList();
        this.evaluation =
                facts.stream().filter(f -> heldOut.contains(f.group())).toList();
    }

    public String label() {
        return KebabCase.of(this);
    }

    /** The facts for fine-tuning rows. */
    public List<ToyFact> training() {
        return training;
    }

    /** The facts for evaluation: the held-out facts of capital and gcd, and all facts of the other domains. */
    public List<ToyFact> evaluation() {
        return evaluation;
    }

    List<ToyFact> all() {
        return training == evaluation
                ? training
                : Stream.concat(training.stream(), evaluation.stream()).toList();
    }

    private static List<ToyFact> known(String label, String question, Map<String, String> answers) {
        List<ToyFact> facts = new ArrayList<>();
        answers.forEach((subject, answer) -> facts.add(new ToyFact(
                label + "-" + subject,
                question.replace("{}", subject),
                answer,
                answers.values().stream()
                        .distinct()
                        .filter(x -> !x.equals(answer))
                        .toList())));
        return facts;
    }

    private static List<ToyFact> after() {
        List<ToyFact> facts = new ArrayList<>();
        for (List<String> round : ToyWorld.ROUNDS) {
            for (int i = 0; i < round.size(); i++) {
                String subject = round.get(i);
                String next = round.get((i + 1) % round.size());
                List<String> wrong = round.stream().filter(x -> !x.equals(next)).toList();
                facts.add(new ToyFact("after-" + subject, "what comes after " + subject + " ?", next, wrong));
            }
        }
        return facts;
    }

    private static Set<String> everySecondCountry() {
        Set<String> heldOut = new HashSet<>();
        int i = 0;
        for (String country : new TreeSet<>(ToyWorld.CAPITALS.keySet())) {
            if (i++ % 2 == 1) {
                heldOut.add("capital-" + country);
            }
        }
        return heldOut;
    }
}
