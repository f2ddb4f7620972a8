package org.selgen.overlap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.selgen.data.Leak;
import org.selgen.data.Message;
import org.selgen.overlap.NearDuplicates.Text;

/** Finds prompts that stand in a training set and in a later set of a list. */
public final class Leaks {
    public static final String EXACT = "exact";
    static final String NEAR = "near";

    private Leaks() {}

    /**
     * The different prompts of a set.
     *
     * @param name of the set
     * @param training whether it is trained on
     * @param ids the id of one row of each different text
     */
    public record Prompts(String name, boolean training, Map<String, String> ids) {
        public static Prompts of(String name, boolean training, List<String> ids, List<List<Message>> prompts) {
            Map<String, String> texts = new HashMap<>();
            for (int i = 0; i < ids.size(); i++) {
                texts.putIfAbsent(Shingles.text(prompts.get(i)), ids.get(i));
            }
            return new Prompts(name, training, texts);
        }
    }

    /** Prompts with the same words. */
    public static List<Leak> exact(List<Prompts> sets) {
        List<Leak> leaks = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            Prompts left = sets.get(i);
            for (Prompts right : left.training() ? sets.subList(i + 1, sets.size()) : List.<Prompts>of()) {
                left.ids().forEach((text, id) -> {
                    String other = right.ids().get(text);
                    if (other != null) {
                        leaks.add(new Leak(left.name(), id, right.name(), other, EXACT, 1));
                    }
                });
            }
        }
        return leaks;
    }

    /**
     * What a search for near-duplicates found.
     *
     * @param leaks pairs of prompts
     * @param leftOut comparisons that were not made, since too many prompts share even their rarest words
     */
    public record Near(List<Leak> leaks, long leftOut) {}

    /**
     * Different prompts whose sets of word 3-grams are alike. A pair is found with a probability that grows with its
     * likeness, 0.99 at a likeness of 0.9, as {@link NearDuplicates} says.
     *
     * @param likeness least Jaccard similarity, in (0, 1)
     */
    public static Near near(SparkSession spark, List<Prompts> sets, double likeness) {
        List<Text> texts = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            Prompts set = sets.get(i);
            for (Map.Entry<String, String> prompt : set.ids().entrySet()) {
                texts.add(new Text(ids.size(), i, set.training(), prompt.getKey()));
                ids.add(prompt.getValue());
            }
        }
        NearDuplicates search = new NearDuplicates(spark, texts, likeness);
        List<Leak> leaks = new ArrayList<>();
        for (Row pair : search.pairs()) {
            int left = (int) pair.getLong(0);
            int right = (int) pair.getLong(1);
            String leftSet = sets.get(texts.get(left).set()).name();
            String rightSet = sets.get(texts.get(right).set()).name();
            leaks.add(new Leak(leftSet, ids.get(left), rightSet, ids.get(right), NEAR, pair.getDouble(2)));
        }
        return new Near(leaks, search.leftOut());
    }
}
