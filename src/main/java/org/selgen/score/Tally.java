package org.selgen.score;

import java.util.Map;
import java.util.TreeMap;
import org.selgen.score.ClusterBootstrap.Cluster;

/**
 * The answers that a metric counts.
 *
 * @param groups sum and number of the values by question, all its variants and samples together
 * @param unread answers that no judge could read
 */
record Tally(Map<String, Cluster> groups, long unread) {
    /** A tally without answers, to be added to. */
    static Tally empty() {
        return new Tally(new TreeMap<>(), 0);
    }

    /** This tally and some answers of a group; changes the groups of this one. */
    Tally plus(String group, Cluster values, long unreadMore) {
        groups.merge(group, values, Tally::sum);
        return new Tally(groups, unread + unreadMore);
    }

    /** Answers in the mean. */
    long n() {
        return groups.values().stream().mapToLong(Cluster::count).sum();
    }

    static Cluster sum(Cluster a, Cluster b) {
        return new Cluster(a.sum() + b.sum(), a.count() + b.count());
    }
}
