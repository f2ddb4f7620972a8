package org.selgen.overlap;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prompts that fell together in one band: which of them to compare. Of a small bucket, each training prompt with each
 * prompt of a later set. A large one is what a common template makes, whose words decided the whole band. There, only
 * those are compared that share one of their rarest shingles: of n distinct shingles, in the order of how many prompts
 * have them, the first
 * <pre>  n − ⌈t n⌉ + 1 </pre>
 * Two prompts of a Jaccard similarity of at least t share one of those (prefix filtering: Chaudhuri, Ganti and Kaushik
 * 2006), so nothing is lost that the band has found. Only where more than {@link #MOST} training prompts of one set share
 * even these, the others are left out, and counted.
 *
 * @param members of one band and key
 */
record Bucket(List<Member> members) {
    /** So many comparisons are made without a second look. */
    static final int SMALL = 1 << 10;

    /** So many training prompts of one set a prompt is compared with for a rare shingle. */
    static final int MOST = 100;

    /**
     * A prompt in a bucket.
     *
     * @param number of the prompt, among all sets
     * @param set number of its set
     * @param trained whether that is trained on
     * @param size number of its distinct shingles
     * @param rare its rarest shingles, hashed
     */
    record Member(long number, int set, boolean trained, int size, int[] rare) {}

    /** Numbers of two prompts, that of training first. */
    record Pair(long left, long right) implements Serializable {}

    /**
     * What to compare.
     *
     * @param pairs each once
     * @param more comparisons that were left out
     */
    record Candidates(Set<Pair> pairs, long more) {}

    private record Shared(int shingle, int set) {}

    /** How many of n distinct shingles are looked at as the rarest. */
    static int rarest(int n, double likeness) {
        return n - (int) Math.ceil(likeness * n - 1e-9) + 1;
    }

    /** Pairs of which the later set is a later one, whose similarity can be at least {@code likeness} by their sizes. */
    Candidates candidates(double likeness) {
        List<Member> trained = members.stream().filter(Member::trained).toList();
        Set<Pair> pairs = new LinkedHashSet<>();
        if ((long) trained.size() * members.size() > SMALL) {
            return new Candidates(pairs, ofMany(trained, likeness, pairs));
        }
        for (Member right : members) {
            for (Member left : trained) {
                boolean alike = Math.min(left.size, right.size) >= likeness * Math.max(left.size, right.size);
                if (left.set < right.set && alike) {
                    pairs.add(new Pair(left.number, right.number));
                }
            }
        }
        return new Candidates(pairs, 0);
    }

    private long ofMany(List<Member> trained, double likeness, Set<Pair> pairs) {
        Map<Shared, TreeMap<Integer, List<Member>>> index = new HashMap<>(); // of each, by size
        for (Member left : trained) {
            for (int shingle : left.rare) {
                index.computeIfAbsent(new Shared(shingle, left.set), none -> new TreeMap<>())
                        .computeIfAbsent(left.size, none -> new ArrayList<>())
                        .add(left);
            }
        }
        long more = 0;
        for (Member right : members) {
            int least = (int) Math.floor(likeness * right.size);
            int most = (int) Math.ceil(right.size / likeness);
            for (int shingle : right.rare) {
                for (int set = 0; set < right.set; set++) {
                    TreeMap<Integer, List<Member>> bySize =
                            index.getOrDefault(new Shared(shingle, set), new TreeMap<>());
                    more += add(bySize.subMap(least, true, most, true).values(), right, pairs);
                }
            }
        }
        return more;
    }

    private static long add(Collection<List<Member>> trained, Member right, Set<Pair> pairs) {
        long added = 0;
        long all = 0;
        for (List<Member> left : trained) {
            all += left.size();
            for (int i = 0; i < left.size() && added < MOST; i++) {
                pairs.add(new Pair(left.get(i).number, right.number));
                added++;
            }
        }
        return all - added;
    }
}
