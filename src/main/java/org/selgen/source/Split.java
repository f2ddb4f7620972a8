package org.selgen.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.selgen.data.RangeCheck;
import org.selgen.source.form.SeededRandom;

/**
 * Divides rows into two parts by their groups: a random share of the groups is the first part. Rows keep their order.
 *
 * @param share of the groups in the first part, in [0, 1]; rounded to whole groups
 * @param seed of the random choice
 */
public record Split(double share, long seed) {

    public Split {
        RangeCheck.within(0, 1, share, "split.share");
    }

    /** The two parts; every group is in exactly one of them. */
    public record Parts<T>(List<T> first, List<T> second) {}

    /**
     * The two parts of {@code rows}.
     *
     * @param group gives the group of a row, such as {@code Example::group}
     */
    public <T> Parts<T> of(List<T> rows, Function<T, String> group) {
        Set<String> groups = new LinkedHashSet<>(rows.stream().map(group).toList());
        int many = (int) Math.round(share * groups.size());
        Set<String> chosen = new HashSet<>(
                new SeededRandom(seed).shuffled(new ArrayList<>(groups)).subList(0, many));
        return new Parts<>(
                rows.stream().filter(row -> chosen.contains(group.apply(row))).toList(),
                rows.stream().filter(row -> !chosen.contains(group.apply(row))).toList());
    }
}
