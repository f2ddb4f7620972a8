package org.selgen.overlap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.selgen.data.FirstNumbers;
import org.selgen.data.Leak;
import org.selgen.data.ListView;
import org.selgen.data.Message;
import org.selgen.overlap.NearDuplicates.Text;

/** Finds prompts that stand in a training set and in a later set of a list. */
public final class Leaks {
    public static final String EXACT = "exact";
    static final String NEAR = "near";

    private Leaks() {}

    /**
     * A prompt.
     *
     * @param id of its row
     * @param text that matters for likeness
     */
    public record Prompt(String id, String text) {
        public static Prompt of(String id, List<Message> chat) {
            return new Prompt(id, Shingles.text(chat));
        }
    }

    /**
     * The different prompts of a set.
     *
     * @param name of the set
     * @param training whether it is trained on
     * @param all the first of each different text
     */
    public record Prompts(String name, boolean training, List<Prompt> all) {
        public static Prompts of(String name, boolean training, List<Prompt> rows) {
            FirstNumbers texts = new FirstNumbers();
            IntStream.Builder first = IntStream.builder();
            int number = 0;
            for (Prompt row : rows) {
                if (texts.putIfAbsent(row.text, number) == number) {
                    first.add(number);
                }
                number++;
            }
            return new Prompts(name, training, ListView.chosen(rows, first.build()));
        }
    }

    /** Prompts with the same words. */
    public static List<Leak> exact(List<Prompts> sets) {
        List<Leak> leaks = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).training()) {
                addExact(sets.get(i), sets.subList(i + 1, sets.size()), leaks);
            }
        }
        return leaks;
    }

    private record Same(int left, String set, String id) {}

    private static void addExact(Prompts left, List<Prompts> later, List<Leak> leaks) {
        FirstNumbers texts = new FirstNumbers();
        int number = 0;
        for (Prompt prompt : left.all()) {
            texts.putIfAbsent(prompt.text, number++);
        }
        List<Same> found = new ArrayList<>();
        for (Prompts right : later) {
            for (Prompt prompt : right.all()) {
                texts.find(prompt.text).ifPresent(at -> found.add(new Same(at, right.name(), prompt.id)));
            }
        }
        found.sort(Comparator.comparingInt(Same::left)); // rows that are not in memory are read in their order
        found.forEach(same ->
                leaks.add(new Leak(left.name(), left.all().get(same.left).id(), same.set, same.id, EXACT, 1)));
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
        NearDuplicates search = search(spark, sets, likeness);
        List<Leak> leaks = new ArrayList<>();
        for (Row pair : search.pairs()) {
            leaks.add(new Leak(
                    sets.get(pair.getAs("leftSet")).name(),
                    pair.getAs("leftId"),
                    sets.get(pair.getAs("rightSet")).name(),
                    pair.getAs("rightId"),
                    NEAR,
                    pair.getAs("similarity")));
        }
        return new Near(leaks, search.leftOut());
    }

    static NearDuplicates search(SparkSession spark, List<Prompts> sets, double likeness) {
        List<List<Text>> texts = new ArrayList<>();
        long before = 0;
        for (Prompts set : sets) {
            long offset = before;
            int number = texts.size();
            texts.add(ListView.changed(
                    set.all(),
                    (i, prompt) -> new Text(offset + i, number, set.training(), prompt.id(), prompt.text())));
            before += set.all().size();
        }
        return new NearDuplicates(spark, texts, likeness);
    }
}
