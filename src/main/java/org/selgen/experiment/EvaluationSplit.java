package org.selgen.experiment;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.file.Fingerprint;

/**
 * Rows that are learnt, and rows of the same datasets that are not: the loss on them is measured. Whole groups are held out, those
 * with the smallest hash, so that a dataset which grows keeps most of its choice; order and rows are otherwise as they were.
 *
 * @param learnt rows to train on
 * @param heldOut the others; none where nothing is held out
 */
record EvaluationSplit(List<Example> learnt, List<Example> heldOut) {
    /**
     * Holds out a share of the groups, rounded to a whole number of at least one.
     *
     * @param key of the rows in conf
     * @throws BadInput if no group would be left to learn
     */
    static EvaluationSplit of(String key, List<Example> rows, double share) {
        if (share == 0) {
            return new EvaluationSplit(rows, List.of());
        }
        List<List<String>> groups = rows.stream()
                .map(EvaluationSplit::group)
                .distinct()
                .sorted(Comparator.comparingLong(Fingerprint::number))
                .toList();
        long count = Math.max(1, Math.round(share * groups.size()));
        if (count >= groups.size()) {
            throw new BadInput("training.heldOut is " + share + " but " + key + " has " + groups.size()
                    + " groups of rows, of which none would be left to learn; lower it, or give more rows");
        }
        Set<List<String>> chosen = new HashSet<>(groups.subList(0, (int) count));
        return new EvaluationSplit(
                rows.stream().filter(row -> !chosen.contains(group(row))).toList(),
                rows.stream().filter(row -> chosen.contains(group(row))).toList());
    }

    private static List<String> group(Example row) {
        return List.of(row.dataset(), row.group());
    }
}
