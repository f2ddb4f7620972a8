package org.selgen.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.selgen.data.Run;

/**
 * What settings are called where others stand beside them: the method, and of its knobs those in which the settings of the
 * method differ.
 *
 * @param standings all that are shown together
 */
public record Marks(Collection<SettingSummary> standings) {
    /** Of one of them; with a sign where it is degenerate. */
    public String of(SettingSummary standing) {
        return name(standing) + (standing.degenerate() ? " " + Footnotes.DEGENERATE_SIGN : "");
    }

    private String name(SettingSummary standing) {
        String method = standing.setting().method();
        if (method.equals(Run.EXTERNAL)) {
            return standing.setting().knobs().replaceFirst("^name=", "");
        }
        List<Set<String>> siblings = standings.stream()
                .filter(other -> other.setting().method().equals(method))
                .map(other -> Set.copyOf(knobs(other)))
                .toList();
        return knobs(standing).stream()
                .filter(knob -> !siblings.stream().allMatch(other -> other.contains(knob)))
                .map(knob -> " " + knob)
                .collect(Collectors.joining("", method, ""));
    }

    private static List<String> knobs(SettingSummary standing) {
        String knobs = standing.setting().knobs();
        return knobs.isEmpty() ? List.of() : Arrays.asList(knobs.split(",", -1));
    }
}
